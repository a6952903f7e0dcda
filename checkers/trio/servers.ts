/** What the three servers say of themselves: role, master, link, process and history. */
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { hostAt, ofTrio, trio } from './hosts.ts';
import type { OfTrio, TrioHost } from './hosts.ts';

export type ServerSeen = {
  readonly role: 'master' | 'replica';
  /** The host a replica follows, by name where it is one of the lab. */
  readonly follows: string | null;
  /** The port of that host which it follows. Absent in older records. */
  readonly followsPort?: number | null;
  readonly linkUp: boolean;
  /** Replicas attached to it. */
  readonly replicas: number;
  readonly loading: boolean;
  readonly runId: string;
  readonly pid: number;
  /** The port that the server itself says it listens on: another one where something passes connections on. Absent in older records. */
  readonly port?: number;
  /** The id of the history this server writes on, and of the one it carries on. */
  readonly replid: string;
  readonly replid2: string;
  /** Where the history of `replid2` ended; -1 when there is none. */
  readonly switchedAt: number;
  readonly offset: number;
  /** Whole copies of its data that this process has sent to replicas. */
  readonly fullSyncs: number;
};

/** Null when no server answers on that host. */
export type Servers = OfTrio<ServerSeen | null>;

export const seeServers = (probe: Probe): Promise<Servers> => ofTrio((host) => seeServer(probe, host));

/**
 * The servers, after those that are on their way have arrived: a server that is still loading, or a replica whose master
 * answers but whose link is not up yet, is given some seconds.
 */
export async function settledServers(probe: Probe, milliseconds = 8_000): Promise<Servers> {
  const settled = await probe.until(async () => {
    const servers = await seeServers(probe);
    return trio.some((host) => onItsWay(servers, host)) ? undefined : servers;
  }, milliseconds);
  return settled ?? (await seeServers(probe));
}

function onItsWay(servers: Servers, host: TrioHost): boolean {
  const server = servers[host];
  if (!server) return false;
  const master = trio.find((other) => other === server.follows);
  return server.loading || (server.role === 'replica' && !server.linkUp && !!master && servers[master] !== null);
}

export async function seeServer(probe: Probe, host: HostName): Promise<ServerSeen | null> {
  const info = await probe.info(host);
  if (!info) return null;
  return {
    role: info['role'] === 'master' ? 'master' : 'replica',
    follows: info['master_host'] ? hostAt(probe, info['master_host']) : null,
    followsPort: info['master_port'] ? Number(info['master_port']) : null,
    linkUp: info['master_link_status'] === 'up',
    replicas: Number(info['connected_slaves']),
    loading: info['loading'] !== '0',
    runId: info['run_id'] ?? '',
    pid: Number(info['process_id']),
    port: Number(info['tcp_port']),
    replid: info['master_replid'] ?? '',
    replid2: info['master_replid2'] ?? '',
    switchedAt: Number(info['second_repl_offset']),
    offset: Number(info['master_repl_offset']),
    fullSyncs: Number(info['sync_full']),
  };
}

export const mastersOf = (servers: Servers): readonly TrioHost[] =>
  trio.filter((host) => servers[host]?.role === 'master');

export const followsWell = (server: ServerSeen | null, master: TrioHost): boolean =>
  server?.role === 'replica' && server.follows === master && server.linkUp;

/** "redis-3 is a replica of redis-1, link down" */
export function describe(host: TrioHost, server: ServerSeen | null): string {
  if (!server) return `${host} does not answer`;
  if (server.loading) return `${host} is still loading its data`;
  if (server.role === 'master') return `${host} is a master`;
  return `${host} is a replica of ${followed(server)}, link ${server.linkUp ? 'up' : 'down'}`;
}

/** "redis-1", or with the port where it is not the usual one */
export const followed = ({ follows, followsPort = null }: ServerSeen): string =>
  followsPort === null || followsPort === 6379 ? `${follows}` : `${follows} on port ${followsPort}`;
