/** What an automatic failover starts from, and what is to be seen of it afterwards. */
import type { TrioHost } from '#checkers/trio/hosts.ts';
import { mastersOf, settledServers } from '#checkers/trio/servers.ts';
import type { Servers } from '#checkers/trio/servers.ts';
import type { Planting, Probe } from '#checking/probe.ts';
import { leadersIn, movesIn, promotedByHand } from './moves.ts';
import type { Move } from './moves.ts';
import { seeProcesses } from './processes.ts';
import type { Processes } from './processes.ts';
import { agreedMaster, highestEpoch, seeWatchers, settledWatchers } from './watchers.ts';
import type { Watchers } from './watchers.ts';

export type SentinelBaseline = {
  readonly master: TrioHost;
  readonly epoch: number;
};

export type SentinelEvidence = {
  readonly before: SentinelBaseline;
  readonly watchers: Watchers;
  readonly processes: Processes;
  readonly servers: Servers;
  /** The master that all three Sentinels name. */
  readonly master: TrioHost | null;
  readonly epoch: number;
  readonly moves: readonly Move[];
  readonly byHand: readonly string[];
  /** Hosts whose Sentinel was elected to lead a failover. */
  readonly leaders: readonly string[];
  readonly answers: Readonly<Record<string, string>>;
  /** Whether the key that was stored at the start is on the master now. */
  readonly kept: boolean;
};

const keptKey = (probe: Probe) => `clinic:kept:${probe.nonce}`;

/** Notes who is master, and stores a key that a failover must not lose. */
export async function beginSentinel(planting: Planting): Promise<SentinelBaseline> {
  const servers = await settledServers(planting);
  const [master = 'redis-1'] = mastersOf(servers);
  await planting.redis(master, ['SET', keptKey(planting), planting.nonce]);
  await planting.redis(master, ['WAIT', 2, 2_000]);
  return { master, epoch: highestEpoch(await seeWatchers(planting)) };
}

export async function collectSentinel(probe: Probe, before: SentinelBaseline): Promise<SentinelEvidence> {
  const [watchers, processes, servers] = await Promise.all([
    settledWatchers(probe),
    seeProcesses(probe),
    settledServers(probe),
  ]);
  const master = agreedMaster(watchers) ?? null;
  const kept = await probe.redis(master ?? before.master, ['GET', keptKey(probe)]);
  const timeline = probe.timeline();
  return {
    before,
    watchers,
    processes,
    servers,
    master,
    epoch: highestEpoch(watchers),
    moves: movesIn(timeline),
    byHand: promotedByHand(timeline),
    leaders: leadersIn(timeline),
    answers: probe.answers,
    kept: kept.ok && kept.value === probe.nonce,
  };
}
