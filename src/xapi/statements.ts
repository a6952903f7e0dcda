/** What learners do, as xAPI statements with the verbs and activity types of ADL's vocabulary. Pure. */
import { randomUUID } from 'node:crypto';
import type { StepProgress, VerdictView } from '#shared/wire.ts';

export interface Statement {
  readonly id: string;
  readonly actor: {
    readonly objectType: 'Agent';
    readonly name?: string;
    readonly account: { readonly homePage: string; readonly name: string };
  };
  readonly verb: { readonly id: string; readonly display: Readonly<Record<string, string>> };
  readonly object: Activity;
  readonly result: Result;
  readonly context: {
    readonly platform: string;
    readonly language: string;
    readonly contextActivities: { readonly parent: readonly Activity[]; readonly grouping?: readonly Activity[] };
  };
  readonly timestamp: string;
}

interface Activity {
  readonly objectType: 'Activity';
  readonly id: string;
  readonly definition: { readonly type: string; readonly name: Readonly<Record<string, string>> };
}

interface Result {
  readonly success?: boolean;
  readonly completion: boolean;
  readonly score?: { readonly scaled: number; readonly raw: number; readonly min: 0; readonly max: number };
  readonly duration?: string;
}

/** Who did it, and where. */
export interface Scene {
  /** The course's address: the home of its learners' accounts and of its activities. */
  readonly origin: string;
  /** The learner's random id. */
  readonly learner: string;
  /** Only where the operator wants names told. */
  readonly name: string | undefined;
  readonly lesson: { readonly slug: string; readonly title: string };
  readonly at: Date;
}

const adl = (verb: string) => `http://adlnet.gov/expapi/verbs/${verb}`;
const verbs = {
  attempted: adl('attempted'),
  passed: adl('passed'),
  completed: adl('completed'),
  // ADL has no verb for it; this is the one of the Tin Can registry.
  skipped: 'http://id.tincanapi.com/verb/skipped',
} as const;

const activity = (id: string, type: string, name: string): Activity => ({
  objectType: 'Activity',
  id,
  definition: { type: `http://adlnet.gov/expapi/activities/${type}`, name: { en: name } },
});
const courseOf = ({ origin }: Scene) => activity(`${origin}/`, 'course', 'Redis Clinic');
const lessonOf = ({ origin, lesson }: Scene) => activity(`${origin}/lessons/${lesson.slug}/`, 'lesson', lesson.title);
/** A step is a task with a definition of done: what ADL calls a performance. */
const stepOf = ({ origin, lesson }: Scene, step: string) =>
  activity(
    `${origin}/lessons/${step.replace('/', '/#')}`,
    'performance',
    `${lesson.title}: ${step.slice(lesson.slug.length + 1)}`,
  );

/** The button was pressed and the step is not done: how much of it is. */
export function attempted(scene: Scene, { step, findings }: VerdictView): Statement {
  const raw = findings.filter(({ state }) => state === 'met').length;
  const max = findings.length;
  return ofStep(scene, 'attempted', step, {
    success: false,
    completion: false,
    ...(max > 0 && { score: { scaled: Math.round((raw / max) * 100) / 100, raw, min: 0, max } }),
  });
}

export const passed = (scene: Scene, progress: StepProgress): Statement =>
  ofStep(scene, 'passed', progress.step, { success: true, completion: true, ...duration(progress) });

/** The step's solution was run in the learner's stead. */
export const skipped = (scene: Scene, progress: StepProgress): Statement =>
  ofStep(scene, 'skipped', progress.step, { completion: false, ...duration(progress) });

/** Every step of the lesson is done or skipped. */
export const completed = (scene: Scene): Statement => ({
  ...base(scene, 'completed'),
  object: lessonOf(scene),
  result: { completion: true },
  context: contextOf({ parent: [courseOf(scene)] }),
});

const ofStep = (scene: Scene, verb: keyof typeof verbs, step: string, result: Result): Statement => ({
  ...base(scene, verb),
  object: stepOf(scene, step),
  result,
  context: contextOf({ parent: [lessonOf(scene)], grouping: [courseOf(scene)] }),
});

const base = ({ origin, learner, name, at }: Scene, verb: keyof typeof verbs) => ({
  id: randomUUID(),
  actor: {
    objectType: 'Agent' as const,
    ...(name !== undefined && { name }),
    account: { homePage: origin, name: learner },
  },
  verb: { id: verbs[verb], display: { en: verb } },
  timestamp: at.toISOString(),
});

const contextOf = (contextActivities: Statement['context']['contextActivities']): Statement['context'] => ({
  platform: 'Redis Clinic',
  language: 'en',
  contextActivities,
});

/** From the step's beginning to its end, in ISO 8601. */
function duration({ begunAt, at }: StepProgress): Pick<Result, 'duration'> {
  if (begunAt === undefined || at === undefined) return {};
  const seconds = (Date.parse(at) - Date.parse(begunAt)) / 1000;
  return seconds < 0 ? {} : { duration: `PT${seconds.toFixed(2)}S` };
}
