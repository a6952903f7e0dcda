/** What is wrong with a lesson.ts, said to its author: which field, its value, and what it must be. */
import { topologies } from '#sandbox/topologies.ts';
import type { Checker } from './define.ts';
import type { Lesson, LessonStep } from './lesson.ts';

export function faultsOf(module: unknown, slug: string): readonly string[] {
  const lesson = (module as { default?: Partial<Lesson> }).default;
  if (!lesson) return ['has no default export; write `export default defineLesson({ … })`'];
  const faults: string[] = [];
  if (lesson.slug !== slug) faults.push(`slug is "${lesson.slug}", but the folder says "${slug}"`);
  if (!lesson.topology || !(lesson.topology in topologies)) {
    faults.push(`topology is "${lesson.topology}"; known are ${Object.keys(topologies).join(', ')}`);
  }
  if (typeof lesson.prepare !== 'function') faults.push('prepare is missing; write `prepare: async (tools) => { … }`');
  if (!lesson.steps?.length) faults.push('steps is empty; a lesson has at least one step');
  const named = new Set<string>();
  for (const [index, step] of (lesson.steps ?? []).entries()) {
    if (!step.checker?.step || !step.checker.criteria) {
      faults.push(`steps[${index}].checker is missing; write what checkers/${slug}.ts exports`);
      continue;
    }
    const { step: name } = step.checker;
    if (named.has(name)) faults.push(`two steps are called "${name}"`);
    named.add(name);
    faults.push(...[...stepFaults(step, slug), ...checkerFaults(step.checker)].map((fault) => `${name}: ${fault}`));
  }
  return faults;
}

function stepFaults({ checker, minutes, questions = [] }: LessonStep, slug: string): readonly string[] {
  const faults: string[] = [];
  const [lesson, step = ''] = checker.step.split(/\/(.*)/s);
  if (lesson !== slug || !/^[a-z0-9-]+$/.test(step))
    faults.push(`the checker's step is "${checker.step}"; it must be "${slug}/<step>"`);
  if (!Number.isInteger(minutes) || minutes < 1) faults.push(`minutes is ${String(minutes)}; write a whole number`);
  const asked = new Set<string>();
  for (const { id, asks } of questions) {
    if (asked.has(id)) faults.push(`two questions are called "${id}"`);
    if (!asks) faults.push(`the question "${id}" has no asks, the sentence that the learner reads`);
    asked.add(id);
  }
  return faults;
}

function checkerFaults({ collect, criteria }: Checker): readonly string[] {
  const faults: string[] = [];
  if (typeof collect !== 'function') faults.push('collect is missing; write `collect: async (probe) => ({ … })`');
  if (criteria.length === 0) faults.push('criteria is empty; a step has at least one');
  const earlier = new Set<string>();
  for (const { id, asks, judge, needs = [] } of criteria) {
    if (earlier.has(id)) faults.push(`two criteria are called "${id}"`);
    if (!asks) faults.push(`the criterion "${id}" has no asks, the sentence that the learner reads`);
    if (typeof judge !== 'function') faults.push(`the criterion "${id}" has no judge; write \`judge: (seen) => …\``);
    for (const needed of needs)
      if (!earlier.has(needed)) faults.push(`"${id}" needs "${needed}", which is no earlier criterion`);
    earlier.add(id);
  }
  return faults;
}
