/** What is wrong with a lesson.ts, said to its author: which field, its value, and what it must be. */
import { topologies } from '#sandbox/topologies.ts';
import type { Checker } from './define.ts';
import type { Lesson } from './lesson.ts';

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
  for (const { checker } of lesson.steps ?? []) faults.push(...checkerFaults(checker, slug));
  return faults;
}

function checkerFaults(checker: Checker, slug: string): readonly string[] {
  const faults: string[] = [];
  if (!/^[a-z0-9-]+$/.test(checker.step.slice(slug.length + 1)) || !checker.step.startsWith(`${slug}/`)) {
    faults.push(`a checker's step is "${checker.step}"; it must be "${slug}/<step>"`);
  }
  const earlier = new Set<string>();
  for (const { id, needs = [] } of checker.criteria) {
    if (earlier.has(id)) faults.push(`${checker.step} has two criteria "${id}"`);
    for (const needed of needs) {
      if (!earlier.has(needed))
        faults.push(`${checker.step}: "${id}" needs "${needed}", which is no earlier criterion`);
    }
    earlier.add(id);
  }
  return faults;
}
