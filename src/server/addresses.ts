/** The addresses under which browsers know this server. */
import { isLoopback, type Config } from './config.ts';

export interface Addresses {
  /** The one to tell people. */
  readonly own: string;
  /** Every origin of the course's pages, with spaces between. */
  readonly course: string;
  /** Origins of pages inside labs, with `*` for the part of each. */
  readonly services: string;
}

export function addressesOf(config: Pick<Config, 'host' | 'publicOrigin' | 'serviceOrigin'>, port: number): Addresses {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const own = config.publicOrigin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  return {
    own,
    course: [...new Set(isLoopback(host) ? [own, ...local] : [own])].join(' '),
    services: config.serviceOrigin ?? servicesBeside(config.publicOrigin, port),
  };
}

function servicesBeside(publicOrigin: string | undefined, port: number): string {
  if (publicOrigin === undefined) return `http://*.localhost:${port}`;
  const { protocol, host } = new URL(publicOrigin);
  return `${protocol}//*.${host}`;
}
