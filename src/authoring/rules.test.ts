import { expect, test } from 'vitest';
import { defineChecker, met } from '#checking/define.ts';
import { brokenRules } from './rules.ts';

const script = (name: string, text = '', ...expects: string[]) => ({
  path: `${name}.sh`,
  name,
  host: 'redis-1' as const,
  text,
  expects: expects.map((criterion) => ({ criterion, seen: 'is 0' })),
});
const step = (...ids: string[]) => ({
  minutes: 1,
  questions: [{ id: 'keys', asks: 'How many?' }],
  checker: defineChecker({
    step: 'lesson/step',
    collect: async () => null,
    criteria: ids.map((id) => ({ id, asks: 'It is.', judge: () => met('it is') })),
  }),
});

test('a step that is whole breaks no rule', () => {
  const scripts = {
    solution: script('solution', 'answer keys "$(redis-cli DBSIZE)"'),
    others: [],
    undo: script('undo', '', 'a'),
    wrong: [script('one', '', 'b'), script('two', '', 'c')],
  };
  expect(brokenRules(step('a', 'b', 'c'), scripts)).toEqual([]);
});

test('what is missing or misnamed is said with file, value and what to write', () => {
  const scripts = { solution: script('solution', 'answer kays 3'), others: [], undo: undefined, wrong: [] };
  expect(brokenRules(step('a'), scripts)).toEqual([
    'it has 1 criteria; a step has three to eight',
    'undo.sh is missing: take back something essential, so that the checker says no again',
    'wrong/ has 0 scripts; write at least two that look done and are not',
    'solution.sh does not answer the question "keys"; write "answer keys <value>"',
    'solution.sh answers "kays", which lesson.ts does not ask',
  ]);
  const wrong = [script('mute'), script('stray', '', 'd')];
  expect(brokenRules(step('a', 'b', 'c'), { ...scripts, wrong, undo: script('undo', '', 'e') })).toEqual(
    expect.arrayContaining([
      'mute.sh does not say what it must get; write "# expect: <criterion>: <part of what is seen>"',
      'stray.sh says "# expect: d: …"; the criteria are a, b, c',
      'undo.sh says "# expect: e: …"; the criteria are a, b, c',
    ]),
  );
});
