import { expect, test } from 'vitest';
import type { AlertingEvidence } from './evidence.ts';
import { tookTooLong } from '#checkers/prometheus/rule-tests.ts';
import { alertsForOne, judgeMemoryRule, unheard } from './rules.ts';
import { judgeWired } from './wiring.ts';

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

test('a memory rule that never fires: its series is unknown, or it waits too long', () => {
  const silent = seen({ 'memory-high': [] });
  const unknown = [{ rule: 'High', metric: 'redis_used_memory' }];
  expect(judgeMemoryRule({ ...silent, unknown }).seen).toBe(
    'High asks for redis_used_memory, which no series is called: it never fires.',
  );
  const [high] = silent.rules.alerts.map((alert) => ({ ...alert, wait: 900 }));
  expect(judgeMemoryRule({ ...silent, rules: { alerts: high ? [high] : [], records: [] } })).toMatchObject({
    seen: 'At 90 % of the limit no alert fires within 9 minutes; loaded: High.',
    tryThis: 'High waits 900 s (for:): keep it short.',
  });
});

test('a busy machine is no fault of the rules', () => {
  const evidence = { ...seen({}), tests: { firing: {}, failed: tookTooLong } };
  expect(judgeMemoryRule(evidence)).toMatchObject({ state: 'unmet', tryThis: 'The machine was busy: check again.' });
});

test('receivers without a route tell nobody', () => {
  expect(judgeWired(seen({}))).toMatchObject({
    state: 'unmet',
    seen: 'No route of Alertmanager leads to a receiver that tells anybody.',
  });
});

test('what always fires tells nothing of a frozen replica', () => {
  expect(alertsForOne(seen({ well: ['Always'], 'frozen@redis-3': ['Always', 'Lag'] }), 'frozen')).toEqual(['Lag']);
});
