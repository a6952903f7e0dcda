import { expect, test } from 'vitest';
import type { AlertingEvidence } from './evidence.ts';
import { alertsForOne, judgeMemoryRule, unheard } from './rules.ts';

const seen = (firing: AlertingEvidence['tests']['firing']): AlertingEvidence => ({
  limits: {},
  prometheus: { up: true, loaded: true, fault: null, age: 60, targets: [] },
  rules: {
    alerts: [
      { name: 'High', query: '', wait: 5, every: 5, state: 'inactive', error: '', evaluated: true, instances: [] },
    ],
    records: [],
  },
  tests: { firing, failed: null },
  unknown: [],
  alertmanager: {
    up: true,
    fault: null,
    known: true,
    config: { integrations: [], silentWhenOver: [], groupWait: 1, groupInterval: 1, files: [] },
    toInbox: true,
  },
  grafana: { installed: false, up: false, rules: [], memoryShare: null },
  answers: {},
});

test('a rule that hears only one of the servers is not enough', () => {
  const evidence = seen({ 'memory-high': ['High'], 'memory-high@redis-1': ['High'], 'memory-high@redis-2': [] });
  expect(unheard(evidence, ['High'], 'memory-high')).toEqual(['redis-2']);
  expect(judgeMemoryRule(evidence)).toMatchObject({
    state: 'unmet',
    seen: 'High: silent when only redis-2 is at 90 % of its limit.',
  });
});

test('one rule for each server is as good as one for all', () => {
  const evidence = seen({
    'memory-high': ['One', 'Two'],
    'memory-high@redis-1': ['One'],
    'memory-high@redis-2': ['Two'],
  });
  expect(judgeMemoryRule(evidence).state).toBe('met');
});

test('what always fires tells nothing of a frozen replica', () => {
  expect(alertsForOne(seen({ well: ['Always'], 'frozen@redis-3': ['Always', 'Lag'] }), 'frozen')).toEqual(['Lag']);
});
