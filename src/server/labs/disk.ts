/** What becomes of a host that fills its disk: its learner is told in good time, and at the limit it is made anew. */
import type { HostName } from '#sandbox/topologies.ts';
import type { LiveMessage } from '#shared/wire.ts';
import { diskWatch, type DiskParts } from '../../leases/disk.ts';
import type { Hold } from '../../leases/keeper.ts';
import type { Log } from '../log.ts';
import type { Labs } from './service.ts';

export interface DiskBoundParts extends Pick<DiskParts, 'driver' | 'keeper' | 'limit' | 'onTrouble'> {
  readonly labs: Pick<Labs, 'replaceHost'>;
  readonly push: (learner: string, message: LiveMessage) => void;
  readonly log: Log;
}

export function boundDisks(parts: DiskBoundParts): () => Promise<void> {
  const { labs, push, log, limit } = parts;
  const tell = (hold: Hold, text: string) => push(hold.learner, { type: 'notice', from: 'course', text });
  return diskWatch({
    ...parts,
    onFilling(hold, host, bytes) {
      const text = `${host} has written ${mebibytes(bytes)} to its disk. It may hold ${mebibytes(limit)}; beyond that it is made anew and what is on it is lost. Look with "du -xh / | sort -h | tail" and delete what you do not need.`;
      tell(hold, text);
    },
    async onFull(hold, host, bytes) {
      await labs.replaceHost(hold.learner, host);
      log.warn(
        { learner: hold.learner, lab: hold.lab.id, host, bytes },
        'a host had written too much and was made anew',
      );
      tell(hold, fullText(host, bytes, limit));
    },
  });
}

const fullText = (host: HostName, bytes: number, limit: number): string =>
  `${host} had written ${mebibytes(bytes)} to its disk, more than the ${mebibytes(limit)} that a host may hold, so it was made anew: what was installed and stored on it is gone. The other hosts are as they were. "Back to the start" in the menu of the lab prepares the lesson again.`;

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
