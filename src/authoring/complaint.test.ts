import { expect, test } from 'vitest';
import type { VerdictView } from '#shared/wire.ts';
import { complaint } from './complaint.ts';

const verdict = (state: VerdictView['state'], seen: string): VerdictView => ({
  step: 'a/b',
  at: '',
  state,
  milliseconds: 1,
  findings: [
    { criterion: 'limit', asks: '', drill: false, state: state === 'met' ? 'met' : 'unmet', seen, tryThis: 'Set one.' },
  ],
});
const checked = (state: VerdictView['state'], seen: string) => ({
  verdict: verdict(state, seen),
  evidence: { looked: null, drills: {} },
});
const wrong = (seen: string) => ({
  name: 'no-limit',
  expect: 'unmet' as const,
  script: { path: '', name: '', host: 'redis-1' as const, text: '', expects: [{ criterion: 'limit', seen }] },
});

test('nothing to complain of when the verdict and its reason are as expected', () => {
  expect(complaint(wrong('is 0'), checked('unmet', 'maxmemory is 0'))).toBeUndefined();
});

test('a wrong way that is red for another reason than expected is a complaint', () => {
  const output = { code: 1, stdout: 'one\n', stderr: 'two\n', timedOut: false };
  expect(complaint(wrong('is 0'), checked('unmet', 'redis-1 is down'), output)).toBe(
    [
      'no-limit: the verdict is unmet, but not for the expected reason',
      '  expected of limit: "is 0"',
      '  ✗ limit: redis-1 is down',
      '      try: Set one.',
      '  the script ended with 1:',
      '  | one',
      '  | two',
    ].join('\n'),
  );
});

test('a wrong way that is green is a complaint', () => {
  expect(complaint(wrong('is 0'), checked('met', 'fine'))).toContain('the verdict is met, but must be unmet');
});
