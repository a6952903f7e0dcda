/** What was seen of the solution, with the new master restarted since: it no longer names the old history. */
import { expect, test } from 'vitest';
import { judge } from '#checking/judge.ts';
import solution from './evidence/manual-recovery/promote.solution.json' with { type: 'json' };
import { promote } from './manual-recovery.ts';

const { looked } = solution.evidence;
const { offset } = looked.servers['redis-2'];

function finding(answer: string | number) {
  const answers = { ...looked.answers, 'switch-offset': String(answer) };
  const restarted = { ...looked.servers['redis-2'], replid2: '0'.repeat(40), switchedAt: -1 };
  const servers = { ...looked.servers, 'redis-2': restarted };
  const findings = judge(promote, { looked: { ...looked, servers, answers }, drills: {} });
  return findings.find(({ criterion }) => criterion === 'questions');
}

test('a master that was restarted since has forgotten the offset of the switch: any that may be it is right', () => {
  expect(finding(looked.answers['switch-offset'])?.state).toBe('met');
  expect([finding(0), finding(offset + 2), finding('some')].map((found) => found?.state)).toEqual(
    Array.from({ length: 3 }, () => 'unmet'),
  );
});
