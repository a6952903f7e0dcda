import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddressBehind, proxyList } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('the address that limits count', () => {
  const behind = clientAddressBehind(proxyList('192.0.2.1, 10.0.0.0/8, 2001:db8::/32'));

  it('is the connection’s without a named proxy, whatever the header says', () => {
    const alone = clientAddressBehind(undefined);
    expect(alone(from('127.0.0.1', '203.0.113.9'))).toBe('127.0.0.1');
    expect(alone(from('::ffff:203.0.113.9'))).toBe('203.0.113.9');
  });

  it.each([
    ['whom the proxy names', '192.0.2.1', '203.0.113.9', '203.0.113.9'],
    ['whom it names over IPv6', '2001:db8::1', '2001:db9::7', '2001:db9::7'],
    ['whom it names when the server listens on ::', '::ffff:192.0.2.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['whom the first of several proxies names', '192.0.2.1', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
    [
      'the last one that is no proxy: what stands before is the client’s own claim',
      '192.0.2.1',
      '198.51.100.1, 203.0.113.9',
      '203.0.113.9',
    ],
    ['the last one also when the claim is a proxy’s address', '192.0.2.1', '10.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['the connection’s when no proxy stands at its other end', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['the proxy’s when it names nobody', '192.0.2.1', undefined, '192.0.2.1'],
    ['the proxy’s when it names no address', '192.0.2.1', 'unknown', '192.0.2.1'],
    ['the proxy’s when a claim stands alone that is no address', '192.0.2.1', '203.0.113.9, <script>', '192.0.2.1'],
  ])('is %s', (_whose, peer, header, address) => expect(behind(from(peer, header))).toBe(address));
});

it.each(['proxy.example.org', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '127.0.0.1,', '10.0.0.0/x'])(
  'a list of proxies may not have "%s"',
  (text) => expect(() => proxyList(text)).toThrow('addresses or networks such as 127.0.0.1 or 10.0.0.0/8'),
);
