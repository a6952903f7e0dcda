/** How the processes of a server have ended, as the witness heard it at that moment. */
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { eventsOf } from '#shared/timeline.ts';
import type { Kind } from '#shared/timeline.ts';

/** Told before anybody could edit the log. */
export type End = { readonly pid: number; readonly goodbye: boolean };

export type EndsSeen = {
  readonly ends: readonly End[];
  /** Whether the witness was there when a process ended: then what it did not hear of an end, nobody else knows. */
  readonly witnessed: boolean;
};

/** Milliseconds that the witness is given to notice an end, and to hear how it was. */
const PATIENCE = 5_000;

/** `restarted` is the run_id of the present process, when it is another than that of the begin. */
export async function seeEnds(probe: Probe, host: HostName, restarted: string | null): Promise<EndsSeen> {
  const of = <K extends Kind>(kind: K) => eventsOf(probe.timeline(), kind).filter((event) => event.host === host);
  const isBehind = () => {
    if (restarted !== null && of('redis-up').at(-1)?.data.runId !== restarted) return true;
    const down = of('redis-down').at(-1);
    const isFresh = down !== undefined && Date.now() - down.at.getTime() < PATIENCE;
    return isFresh && of('redis-ended').length < of('redis-down').length;
  };
  await probe.until(() => !isBehind() || undefined, PATIENCE);
  return {
    ends: of('redis-ended').map(({ data: { pid, goodbye } }) => ({ pid, goodbye })),
    witnessed: of('redis-down').length > 0,
  };
}
