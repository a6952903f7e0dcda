/** A TCP connection to a port as seen from inside a host, through an exec: no port is published anywhere. */
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { PortRefused } from '../driver.ts';
import { startExec } from './exec-stream.ts';

/** A server may be bound to the lab's network alone: the host's own address is asked when its localhost refuses. */
export async function dialPort(
  container: Docker.Container,
  host: string,
  port: number,
  ownAddress: string,
): Promise<Duplex> {
  try {
    return await dialAt(container, host, '127.0.0.1', port);
  } catch (error) {
    if (!(error instanceof PortRefused)) throw error;
    return dialAt(container, host, ownAddress, port);
  }
}

async function dialAt(container: Docker.Container, host: string, address: string, port: number): Promise<Duplex> {
  let said = '';
  let tellConnected = () => {};
  const connected = new Promise<true>((resolve) => (tellConnected = () => resolve(true)));
  // With -d -d socat says on stderr when it is connected, which a silent server would not tell us.
  const command = ['socat', '-d', '-d', '-', `TCP4:${address}:${port}`];
  const { stream } = await startExec(container, { command, user: 'root' }, (chunk) => {
    said = (said + chunk.toString()).slice(-2_000);
    if (said.includes('successfully connected')) tellConnected();
  });
  const ended = new Promise<false>((resolve) => stream.once('close', () => resolve(false)));
  const drained = new Promise<false>((resolve) => stream.once('end', () => resolve(false)));
  stream.on('error', () => {});
  stream.read(0);
  if (await Promise.race([connected, ended, drained])) return stream;
  stream.destroy();
  throw new PortRefused(`Nothing listens on port ${port} of ${host} (${reason(said)}).`);
}

function reason(said: string): string {
  return /: (Connection \w+[^\n]*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
}
