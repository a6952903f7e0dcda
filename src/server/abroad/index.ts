/** What the course has to do with other systems: launches and grades (LTI 1.3), statements (xAPI). Off without settings. */
import type { StepId, VerdictView } from '#shared/wire.ts';
import { gradebook, gradebookName } from '../../lti/gradebook.ts';
import { idTokenReader } from '../../lti/id-token.ts';
import { toolKeyOf } from '../../lti/keys.ts';
import type { Platform } from '../../lti/platforms.ts';
import { ltiRecords } from '../../lti/records.ts';
import { Outbox, type Channel } from '../../outbox/outbox.ts';
import { parcelRecords } from '../../outbox/records.ts';
import type { Database } from '../../progress/database.ts';
import { recordStore, recordStoreName, type RecordStore } from '../../xapi/record-store.ts';
import { saidRecords } from '../../xapi/records.ts';
import type { Route } from '../http/route.ts';
import type { Sessions } from '../http/session.ts';
import type { Shelf } from '../lessons/shelf.ts';
import type { Admission } from '../workshops/admission.ts';
import type { WorkshopPorts } from '../workshops/ports.ts';
import { entering } from './entering.ts';
import { grading } from './grading.ts';
import { launchRoutes } from './launch-routes.ts';
import { telling } from './telling.ts';

/** The course systems that may launch the course, and the key by which they know it. */
export interface LtiSettings {
  readonly platforms: readonly Platform[];
  /** As `newToolKey` made it. */
  readonly key: string;
}

export interface AbroadParts {
  readonly lti: LtiSettings | undefined;
  readonly xapi: RecordStore | undefined;
  readonly database: Database;
  readonly shelf: Shelf;
  readonly sessions: Sessions;
  readonly admission: Admission;
  readonly ports: Pick<WorkshopPorts, 'records' | 'workshops' | 'origin' | 'now'>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export interface AbroadRoom {
  readonly routes: readonly Route[];
  /** A learner's records of a step are others now. */
  readonly progressed: (learner: string, step: StepId) => void;
  /** A check is done and stored. */
  readonly checked: (learner: string, verdict: VerdictView, why: 'asked' | 'auto') => void;
  /** What is stored of a learner for other systems, and what is still to be sent to them. */
  readonly stored: (learner: string) => unknown;
  /** Scores and statements that no other system has taken yet. */
  readonly waiting: () => number;
  /** Sends no more; what is not taken yet is sent after the next start. */
  readonly close: () => Promise<void>;
}

export async function abroadRoom(parts: AbroadParts): Promise<AbroadRoom> {
  const { database, shelf, ports, onTrouble } = parts;
  const { now } = ports;
  const platforms = parts.lti?.platforms ?? [];
  const key = parts.lti && (await toolKeyOf(parts.lti.key));
  const [parcels, lti, said] = [parcelRecords(database), ltiRecords(database), saidRecords(database)];

  const channels = new Map<string, Channel>();
  if (key) for (const platform of platforms) channels.set(gradebookName(platform), gradebook(platform, key, now));
  if (parts.xapi) channels.set(recordStoreName, recordStore(parts.xapi));
  const outbox = new Outbox({ records: parcels, channels, now, onTrouble });

  const progress = (learner: string) => ports.records.progress(learner);
  const course = () => shelf.all().map(({ lesson }) => lesson);
  const grade = grading({
    platforms,
    lti,
    outbox,
    progress,
    steps(learner, lesson) {
      const member = ports.workshops.membership(learner);
      const lessons = lesson === undefined ? member && ports.workshops.get(member.workshop)?.lessons : [lesson];
      const counted = course().filter(({ slug }) => lessons?.includes(slug) ?? true);
      return counted.flatMap(({ steps }) => steps.map(({ checker }) => checker.step));
    },
  });
  const told =
    parts.xapi &&
    telling({
      said,
      outbox,
      progress,
      lesson(step) {
        const { lesson } = shelf.step(step);
        return {
          slug: lesson.slug,
          title: shelf.title(lesson.slug),
          steps: lesson.steps.map(({ checker }) => checker.step),
        };
      },
      name: (learner) => (parts.xapi?.names ? ports.workshops.membership(learner)?.name : undefined),
      origin: ports.origin,
      now,
    });
  /** Nothing that is to be told elsewhere may break what happens here. */
  const safely = (what: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      onTrouble(`${what} could not be kept to be sent`, error);
    }
  };
  const graded = (learner: string) => safely('a score', () => grade(learner));

  return {
    routes: key
      ? launchRoutes({
          platforms,
          key,
          readIdToken: idTokenReader(),
          enter: entering({
            lti,
            workshops: ports.workshops,
            admission: parts.admission,
            newLearner: () => ports.records.newLearner(),
            shelf,
            sessions: parts.sessions,
            onEntered: graded,
            now,
          }),
          origin: ports.origin,
          now,
        })
      : [],
    progressed(learner, step) {
      graded(learner);
      safely('a statement', () => told?.progressed(learner, step));
    },
    checked: (learner, verdict, why) => safely('a statement', () => told?.checked(learner, verdict, why)),
    stored: (learner) => ({ lti: lti.of(learner), xapi: said.of(learner), toBeSent: parcels.of(learner) }),
    waiting: () => parcels.count(),
    close: () => outbox.close(),
  };
}
