/** How the parts of the witness report: the kind decides which data belongs to it. */
import type { HostName } from '#sandbox/topologies.ts';
import type { EventData, Kind } from '#shared/timeline.ts';

export type Tell = <K extends Kind>(
  kind: K,
  host: HostName | undefined,
  text: string,
  data: EventData[K],
  at?: Date,
) => void;
