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
import { eventsOf } from '#shared/timeline.ts';
import type { TimelineEvent } from '#shared/wire.ts';

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
  /** Whether the timeline saw the master's process of the begin change from replica to master. */
  readonly promotionSeen: boolean;
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
    promotionSeen: only !== null && promotedInTimeline(probe.timeline(), only, before.runIds[only]),
    orders: await ofTrio((host) => countOrders(probe, host, orders)),
    planted: orders.count,
    files: await seeFiles(probe),
  };
}

/** A second source for the promotion: what a server's own history tells is gone once it is restarted as a master. */
function promotedInTimeline(timeline: readonly TimelineEvent[], host: TrioHost, runId: string | null): boolean {
  return eventsOf(timeline, 'role-changed').some(
    (event) => event.host === host && event.data.to === 'master' && event.data.runId === runId,
  );
}

const replicasOf = (servers: Servers, host: TrioHost): number => servers[host]?.replicas ?? 0;
