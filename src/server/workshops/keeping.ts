/** A workshop's learners are forgotten when their time is over: looked after at the start and once a day. */
import { keptSince, overdue } from '../../workshops/retention.ts';
import type { Workshop } from '../../workshops/workshop.ts';
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
 * checked something since keeps their own records; the name and what instructors did go.
 */
export async function clear({ ports, classroom, erase, days }: Omit<Keeping, 'onTrouble'>): Promise<void> {
  const now = ports.now();
  const forget = async ({ id }: Workshop) => {
    for (const { learner } of ports.workshops.members(id)) {
      const last = ports.records.attempts(learner).at(-1)?.at;
      if (last && last > keptSince(now, days)) classroom.forget(learner);
      else await erase(learner);
    }
  };
  for (const workshop of overdue(ports.workshops.all(), now, days)) {
    await forget(workshop);
    ports.workshops.save({ ...workshop, archived: true, clearedAt: now });
  }
}

/** Returns what stops it. */
export function startKeeping({ onTrouble, ...keeping }: Keeping): () => void {
  const look = () =>
    void clear(keeping).catch((error: unknown) => onTrouble('data whose time is over could not be removed', error));
  const timer = setInterval(look, daily).unref();
  // Not before the server is put together: erasing ends labs, too.
  const first = setImmediate(look);
  return () => {
    clearInterval(timer);
    clearImmediate(first);
  };
}
