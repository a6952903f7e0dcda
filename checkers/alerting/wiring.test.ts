import { expect, test } from 'vitest';
import type { AlertingEvidence } from './evidence.ts';
import { judgeLimits } from './limits.ts';
import { judgeWired } from './wiring.ts';

const alertmanager: AlertingEvidence['alertmanager'] = {
  up: true,
  fault: null,
  known: true,
  sentTo: [],
  config: { integrations: ['webhook'], silentWhenOver: [], groupWait: 1, groupInterval: 1, files: [] },
  toInbox: true,
};
const wired = (changes: Partial<AlertingEvidence['alertmanager']>) =>
  judgeWired({ prometheus: { up: true }, alertmanager: { ...alertmanager, ...changes } } as AlertingEvidence);

test('alerts that are sent to a port where no Alertmanager listens are not wired', () => {
  expect(wired({}).state).toBe('met');
  expect(wired({ known: false, sentTo: ['http://localhost:9094/api/v2/alerts'] })).toMatchObject({
    state: 'unmet',
    seen: 'Alertmanager runs, but Prometheus does not send to it: it sends to http://localhost:9094/api/v2/alerts',
  });
});

test('a limit that was meant in megabytes and written without them is told', () => {
  const limit = { running: 64, used: 960_000, file: '64', prometheus: 64 };
  expect(judgeLimits({ 'redis-1': limit })).toMatchObject({
    state: 'unmet',
    seen: expect.stringContaining('maxmemory of redis-1 is 64 bytes, less than Redis takes without any data') as string,
  });
});
