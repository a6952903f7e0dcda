/** A workshop's learners are forgotten when their time is over: looked after at the start and once a day. */
import { keptSince, overdue } from '../../workshops/retention.ts';
import type { Member } from '../../workshops/workshop.ts';
import type { Classroom } from './classroom.ts';
import type { WorkshopPorts } from './ports.ts';

export interface Keeping {
  readonly ports: WorkshopPorts;
  readonly classroom: Pick<Classroom, 'forget'>;
  /** Erases a learner whole: lab, records, membership. */
  readonly erase: (learner: string) => Promise<void>;
  /** Days after a workshop's end that its learners' data is kept. */
  readonly days: number;
  readonly onTrouble: (what: string, error: unknown) => void;
}

const daily = 24 * 3_600_000;

/**
 * Removes what is overdue. The workshop itself stays, archived and without people. A learner who went on alone and has
 * checked something since keeps their own records; the name and what instructors did go. One who cannot be removed now
 * (their lab does not end) keeps no other, and is tried again at the next look.
 */
export async function clear({ ports, classroom, erase, days, onTrouble }: Keeping): Promise<void> {
  const now = ports.now();
  const forget = async ({ learner }: Member) => {
    const last = ports.records.attempts(learner).at(-1)?.at;
    if (last && last > keptSince(now, days)) classroom.forget(learner);
    else await erase(learner);
  };
  for (const { id } of overdue(ports.workshops.all(), now, days)) {
    for (const member of ports.workshops.members(id))
      await forget(member).catch((error: unknown) => onTrouble('a learner whose time is over was not removed', error));
    // Read again: erasing takes a while, and an instructor may have changed it meanwhile.
    const workshop = ports.workshops.get(id);
    if (workshop && ports.workshops.members(id).length === 0)
      ports.workshops.save({ ...workshop, archived: true, clearedAt: now });
  }
}

/** Returns what stops it. */
export function startKeeping(keeping: Keeping): () => void {
  const look = () =>
    void clear(keeping).catch((error: unknown) =>
      keeping.onTrouble('data whose time is over could not be removed', error),
    );
  const timer = setInterval(look, daily).unref();
  // Not before the server is put together: erasing ends labs, too.
  const first = setImmediate(look);
  return () => {
    clearInterval(timer);
    clearImmediate(first);
  };
}
