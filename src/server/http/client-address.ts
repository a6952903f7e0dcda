/**
 * Whom a limit counts: the address that a connection comes from. Behind a proxy every connection comes from the proxy,
 * which names the other end in X-Forwarded-For. Anybody can send that header, so it is believed only from a proxy that
 * the operator has named, and only as far back as such proxies wrote it.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

/** @param trusted the operator's proxies; undefined when browsers come without one. */
export function clientAddressBehind(trusted: BlockList | undefined): ClientAddress {
  const isProxy = (address: string) => trusted?.check(address, familyOf(address)) ?? false;
  return ({ headers, socket }) => {
    let client = plain(socket.remoteAddress ?? '');
    // Each proxy adds, at the end, whom it was asked by.
    const named = String(headers['x-forwarded-for'] ?? '').split(',');
    for (const entry of named.toReversed()) {
      const before = plain(entry.trim());
      if (!isProxy(client) || isIP(before) === 0) break;
      client = before;
    }
    return client;
  };
}

/** Addresses and networks with commas between them. Throws an Error that says what was expected. */
export function proxyList(text: string | undefined): BlockList {
  const list = new BlockList();
  for (const entry of (text ?? '').split(',')) {
    const [address = '', prefix, ...more] = entry.trim().split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    const length = prefix === undefined ? bits : Number(prefix);
    if (
      isIP(address) === 0 ||
      more.length > 0 ||
      prefix === '' ||
      !Number.isInteger(length) ||
      length < 0 ||
      length > bits
    )
      throw new Error('addresses or networks such as 127.0.0.1 or 10.0.0.0/8, with commas between them');
    list.addSubnet(address, length, familyOf(address));
  }
  return list;
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** A server that listens on :: sees IPv4 as ::ffff:192.0.2.1. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
