/** What a workshop's rules leave its members, as the routes ask it: a refusal is a problem in the gate's words. */
import { HttpProblem } from './http/route.ts';
import type { Gate } from './workshops/gate.ts';

export function permissions(gate: Gate) {
  const pass = (refusal: string | undefined) => {
    if (refusal !== undefined) throw new HttpProblem(403, refusal);
  };
  return {
    mayEnter: (learner: string, lesson: string) => pass(gate(learner, { what: 'enter', lesson })),
    mayCheck: (learner: string, lesson: string) => pass(gate(learner, { what: 'check', lesson })),
    maySeeSolution: (learner: string, step: string) => pass(gate(learner, { what: 'solution', step })),
  };
}
