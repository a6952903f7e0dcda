/** What attends a lab while it is leased: the witness with its timeline and picture, and the inbox. */
import type { PictureView, LiveMessage } from '#shared/wire.ts';
import { startInbox } from '../../inbox/index.ts';
import type { Hold } from '../../leases/keeper.ts';
import type { Records } from '../../progress/records.ts';
import { startWitness, type HostEvents, type Tell, type Witness } from '../../witness/index.ts';

export interface AttendParts {
  readonly records: Records;
  readonly hostEvents: HostEvents;
  readonly push: (learner: string, message: LiveMessage) => void;
  /** Something happened in the lab that a criterion may depend on. */
  readonly onLabChanged: (learner: string) => void;
  readonly isWatched: (learner: string) => boolean;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export interface Attendance {
  begin(hold: Hold): void;
  /** Adds what the server itself knows to the timeline of the learner's lab. */
  readonly note: (learner: string) => Tell;
  picture(learner: string): PictureView | undefined;
  /** Whether a page shows the lab: it is looked at more often then. */
  viewed(learner: string, yes: boolean): void;
}

export function attendance(parts: AttendParts): Attendance {
  const { records, hostEvents, push, onLabChanged, isWatched, onTrouble } = parts;
  const witnesses = new Map<string, Witness>();
  return {
    begin({ learner, lab, signal }) {
      const witness = startWitness({
        lab,
        hostEvents,
        records,
        signal,
        onEvent(event) {
          push(learner, { type: 'timeline', event });
          // A check that is noted must not bring about the next one; a look changes nothing.
          if (event.kind !== 'checked' && event.kind !== 'instructor-acted') onLabChanged(learner);
        },
        onPicture: (picture) => push(learner, { type: 'picture', picture }),
        onTrouble: (error) => onTrouble('a lab could not be watched', error),
      });
      witnesses.set(learner, witness);
      witness.viewed(isWatched(learner));
      signal.addEventListener('abort', () => witnesses.get(learner) === witness && witnesses.delete(learner), {
        once: true,
      });
      startInbox({
        lab,
        records,
        signal,
        onMessage(message) {
          const { channel, subject } = message;
          push(learner, { type: 'inbox', message });
          witness.note('message-received', undefined, `Received: ${subject}`, { channel, subject });
        },
      }).catch((error: unknown) => onTrouble('the inbox of a lab could not be opened', error));
    },
    note:
      (learner) =>
      (...event) =>
        witnesses.get(learner)?.note(...event),
    picture: (learner) => witnesses.get(learner)?.picture(),
    viewed: (learner, yes) => witnesses.get(learner)?.viewed(yes),
  };
}
