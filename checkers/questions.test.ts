import { expect, test } from 'vitest';
import { decimalIn, exactly, judgeAnswers, wholeIn, wholeNumber } from './questions.ts';

const expected = [
  { id: 'offset', about: 'the offset', isRight: wholeNumber(27931), lookAt: 'INFO replication' },
  { id: 'host', about: 'the host', isRight: exactly('redis-3'), lookAt: 'Read again.' },
];

test('numbers may be written with or without groups', () => {
  for (const offset of ['27931', ' 27 931 ', '27,931', '27.931']) {
    expect(judgeAnswers({ offset, host: 'redis-3' }, expected).state).toBe('met');
  }
});

test('wrong and missing answers are named, and the first one’s place to look is given', () => {
  expect(judgeAnswers({ offset: 'many' }, expected)).toEqual({
    state: 'unmet',
    seen: 'the offset: many is not right; the host: no answer yet.',
    tryThis: 'INFO replication',
  });
});

test('a known mistake is told instead of the answer, and a right answer with its reason', () => {
  const choice = {
    id: 'host',
    about: 'the host',
    isRight: exactly('redis-3'),
    because: 'It has more.',
    mistakes: { 'redis-2': 'it has less' },
    lookAt: 'Read again.',
  };
  expect(judgeAnswers({ host: 'redis-2' }, [choice])).toMatchObject({ seen: 'the host: it has less.' });
  expect(judgeAnswers({ host: 'redis-1' }, [choice])).toMatchObject({ seen: 'the host: redis-1 is not right.' });
  expect(judgeAnswers({ host: 'redis-3' }, [choice])).toEqual({ state: 'met', seen: 'It has more.' });
});

test('an unknown right answer accepts nothing', () => {
  expect(
    judgeAnswers({ offset: '0', host: 'redis-3' }, [
      { id: 'offset', about: 'the offset', isRight: wholeNumber(NaN), lookAt: '' },
    ]).state,
  ).toBe('unmet');
});

test('a number may have its unit behind it, and what is no number is none', () => {
  expect(['1,048,576 bytes', '0 keys', '4 Sentinels', '97%'].map(wholeIn)).toEqual([1_048_576, 0, 4, 97]);
  expect(['17 s', '17,5', '-3', '0.5 KiB/s'].map(decimalIn)).toEqual([17, 17.5, -3, 0.5]);
  expect([wholeIn('many'), wholeIn(''), decimalIn('soon'), decimalIn('1 or 2')]).toEqual([NaN, NaN, NaN, NaN]);
});
