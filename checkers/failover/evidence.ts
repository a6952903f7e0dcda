/** What a failover by hand starts from, and what is to be seen of it afterwards. */
import { countOrders, plantOrders } from '#checkers/orders/orders.ts';
import type { Orders } from '#checkers/orders/orders.ts';
import { seeFiles } from '#checkers/trio/files.ts';
import type { FileRole } from '#checkers/trio/files.ts';
import { ofTrio, trio } from '#checkers/trio/hosts.ts';
import type { OfTrio, TrioHost } from '#checkers/trio/hosts.ts';
import { mastersOf, settledServers } from '#checkers/trio/servers.ts';
import type { Servers } from '#checkers/trio/servers.ts';
import type { Planting, Probe } from '#checking/probe.ts';
import { keptHistory } from './history.ts';
import { togetherFor } from './two-masters.ts';

export type Before = {
  readonly master: TrioHost;
  readonly replid: string;
  readonly runIds: OfTrio<string | null>;
};

export type FailoverBaseline = { readonly before: Before; readonly orders: Orders };

export type FailoverEvidence = {
  readonly before: Before;
  readonly servers: Servers;
  /** The only master, when there is exactly one. */
  readonly master: TrioHost | null;
  /** Whether the master stands on the old master's data although it may not name its history any more. */
  readonly keptHistory: boolean;
  /** Milliseconds for which the old master still took writes when the new one did. Absent in older records. */
  readonly together?: number;
  readonly orders: OfTrio<number | null>;
  readonly planted: number;
  readonly files: OfTrio<FileRole>;
};

/** Takes the roles, the master's history and every process id, and plants orders that all three servers then have. */
export async function beginFailover(planting: Planting): Promise<FailoverBaseline> {
  const servers = await settledServers(planting);
  const master = mastersOf(servers).toSorted((a, b) => replicasOf(servers, b) - replicasOf(servers, a))[0] ?? 'redis-1';
  const orders = await plantOrders(planting, master, trio);
  return {
    before: {
      master,
      replid: servers[master]?.replid ?? '',
      runIds: await ofTrio(async (host) => servers[host]?.runId ?? null),
    },
    orders,
  };
}

export async function collectFailover(probe: Probe, { before, orders }: FailoverBaseline): Promise<FailoverEvidence> {
  const servers = await settledServers(probe);
  const [master, ...more] = mastersOf(servers);
  const only = master && more.length === 0 ? master : null;
  return {
    before,
    servers,
    master: only,
    keptHistory: only !== null && (await keptHistory(probe, only, before.runIds[only], orders.count)),
    together: only === null ? 0 : togetherFor(probe.timeline(), before.master, only, Date.now()),
    orders: await ofTrio((host) => countOrders(probe, host, orders)),
    planted: orders.count,
    files: await seeFiles(probe),
  };
}

const replicasOf = (servers: Servers, host: TrioHost): number => servers[host]?.replicas ?? 0;
