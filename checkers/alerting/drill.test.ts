import { expect, test } from 'vitest';
import { judgeDrill } from './drill.ts';

test('of a receiver that cannot be reached the log is quoted in one line', () => {
  const log = [
    'err="Post \\"<redacted>\\": dial tcp 10.0.0.9:8080: connect: connection refused"',
    'level=ERROR msg="Notify for alerts failed" err="dial tcp 10.0.0.9:8080: connect: connection refused"',
  ].join('\n');
  const told = { fired: 9_000, email: null, chat: null, unbacked: 0, nameless: 0, failed: {}, complete: false };
  expect(judgeDrill({ slow: null, fault: 'redis-1 is full', told, over: null, log }, ['High'], 'any')).toEqual({
    state: 'unmet',
    seen: 'redis-1 is full: High fired after 9 s, but no notification arrived in the inbox.',
    tryThis:
      "Alertmanager's log: it cannot reach the receiver, host or port are wrong. " +
      'dial tcp 10.0.0.9:8080: connect: connection refused',
  });
});
