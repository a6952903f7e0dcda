/**
 * A promoted server names the history that it carries on (master_replid2) until it is restarted: a master that starts
 * begins a new one each time. Then these tell whether it still stands on the old master's data.
 */
import { seeLives } from '#checkers/append-only/lives.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import type { Probe } from '#checking/probe.ts';
import { eventsOf } from '#shared/timeline.ts';

/** True when the process of the begin was seen to turn from replica to master, or every start since has found its data. */
export async function keptHistory(
  probe: Probe,
  host: TrioHost,
  runId: string | null,
  planted: number,
): Promise<boolean> {
  return turnedMaster(probe, host, runId) || (await startedWithData(probe, host, planted));
}

function turnedMaster(probe: Probe, host: TrioHost, runId: string | null): boolean {
  return eventsOf(probe.timeline(), 'role-changed').some(
    (event) => event.host === host && event.data.to === 'master' && event.data.runId === runId,
  );
}

/** The server's log says so, and what was seen from outside at each start does not say otherwise. */
async function startedWithData(probe: Probe, host: TrioHost, planted: number): Promise<boolean> {
  const starts = (await seeLives(probe, host)).filter((life) => life.startedAt >= probe.begunAt.getTime() - 1_000);
  const seen = eventsOf(probe.timeline(), 'redis-up').filter((event) => event.host === host);
  return (
    starts.length > 0 &&
    starts.every((life) => life.loaded !== 'nothing') &&
    seen.every((event) => event.data.keys >= planted)
  );
}
