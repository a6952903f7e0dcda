/** Labs are made ahead of a workshop's start, one a seat as far as they fit, so that a class does not wait in line. */
import { stateOf, type Workshop } from '../../workshops/workshop.ts';
import type { WorkshopPorts } from './ports.ts';

const minute = 60_000;
/** Before the start, when labs begin to be made, and after it, while late learners still get a spare. Milliseconds. */
const ahead = 10 * minute;
const after = 15 * minute;

/** Whose labs are to be made ready now: the next workshop within the time, and how many of its seats have none yet. */
export function dueWorkshop(workshops: readonly Workshop[], now: Date): Workshop | undefined {
  return workshops
    .filter((workshop) => {
      const until = workshop.startsAt.getTime() - now.getTime();
      const state = stateOf(workshop, now);
      return until <= ahead && until >= -after && (state === 'planned' || state === 'running');
    })
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[0];
}

/** Looks every minute; returns what stops it. */
export function startWarming(ports: WorkshopPorts): () => void {
  let booked: string | undefined;
  const look = () => {
    const workshop = dueWorkshop(ports.workshops.all(), ports.now());
    const lesson = workshop?.lessons[0];
    if (workshop && lesson && booked !== workshop.id) {
      const seated = ports.workshops.members(workshop.id).filter(({ learner }) => ports.records.lease(learner));
      ports.labs.book(lesson, workshop.seats - seated.length);
      booked = workshop.id;
    } else if (!workshop && booked !== undefined) {
      ports.labs.book(undefined, 0);
      booked = undefined;
    }
  };
  const timer = setInterval(look, minute).unref();
  look();
  return () => clearInterval(timer);
}
