import { describe, expect, test } from 'vitest';
import { judgeMemoryAlert, judgeSilenceAlert } from './alert-criteria.ts';
import { seeGrafanaAlerts } from './alerts.ts';
import { receiversOf } from './routes.ts';
import { chat, evaluated, grafana, memoryQuery, rule, threshold } from './testing.ts';

type Setting = NonNullable<Parameters<typeof grafana>[0]>;
const rules = (...all: readonly object[]): Setting => ({ pages: { '/api/v1/provisioning/alert-rules': all } });
const points = (...all: readonly object[]): Setting => ({ pages: { '/api/v1/provisioning/contact-points': all } });
const good = rule('Memory high', memoryQuery);
const math = (expression: string) => ({ refId: 'C', datasourceUid: '__expr__', model: { type: 'math', expression } });
const classic = (...params: number[]) => ({
  refId: 'C',
  datasourceUid: '__expr__',
  model: { type: 'classic_conditions', conditions: [{ evaluator: { type: 'gt', params } }] },
});

describe('an alert on memory', () => {
  const judge = async (setting: Setting) => judgeMemoryAlert(await seeGrafanaAlerts(grafana(setting)));

  test('is met when it is evaluated, fires at about 80 % and leads to the inbox', async () => {
    expect(await judge({})).toEqual({ state: 'met', seen: 'Memory high: over 80 % of the limit; told to chat.' });
  });

  test('cannot be verified where the installation has no Grafana', async () => {
    expect((await judge({ has: false })).state).toBe('unverifiable');
  });

  test.each<[string, Setting]>([
    ['a math expression', rules(rule('M', memoryQuery, math('$A > 75')))],
    ['a classic condition', rules(rule('M', memoryQuery, classic(80)))],
    ['bytes', rules(rule('M', 'redis_memory_used_bytes', threshold('C', 'A', 'gt', 53_687_091)))],
    ['a share of one', rules(rule('M', 'redis_memory_used_bytes / (redis_memory_max_bytes > 0)', math('${A} >= 0.8')))],
    [
      'a comparison in the query, no data taken for normal',
      rules({ ...rule('M', `${memoryQuery} > 80`), noDataState: 'OK' }),
    ],
    ['a wrong rule beside a right one', rules({ ...good, title: 'Old', isPaused: true }, good)],
    [
      'mail, which the lab takes to the inbox',
      points({ ...chat, type: 'email', settings: { addresses: 'oncall@example.org' } }),
    ],
    [
      'the address of the inbox in the place of its name',
      points({ ...chat, settings: { url: 'http://10.213.0.6/chat' } }),
    ],
    [
      'a Slack address that Grafana keeps secret, and its test in the inbox',
      {
        ...points({ ...chat, type: 'slack', settings: { url: '[REDACTED]' } }),
        inbox: [{ channel: 'chat', raw: '{"text":"TestAlert"}' }],
      },
    ],
    [
      'a notification policy by label',
      {
        pages: {
          '/api/v1/provisioning/alert-rules': [{ ...good, notification_settings: null }],
          '/api/v1/provisioning/policies': {
            receiver: 'grafana-default-email',
            routes: [{ receiver: 'chat', object_matchers: [['severity', '=~', 'warning|critical']] }],
          },
        },
      },
    ],
  ])('is met by %s', async (_name, setting) => {
    expect(await judge(setting)).toMatchObject({ state: 'met' });
  });

  test.each<[string, Setting, string]>([
    ['no rule', rules(), 'has no alert rule on memory'],
    ['a rule on something else', rules(rule('Up', 'redis_up')), 'has no alert rule on memory'],
    ['a paused rule', rules({ ...good, isPaused: true }), 'Memory high is paused'],
    [
      'a series that is not there',
      { ...rules(rule('M', 'redis_memory_used_percent')), silent: 'percent' },
      'no series answers',
    ],
    [
      'a data source that is not there',
      rules({ ...good, data: good.data.map((one) => ({ ...one, datasourceUid: 'gone' })) }),
      'no series answers',
    ],
    [
      'an error of its evaluation',
      {
        pages: {
          '/api/prometheus/grafana/api/v1/rules': evaluated('Memory high', 'inactive', 'data source not found'),
        },
      },
      'cannot be evaluated: data source not found',
    ],
    ['a division by no limit', rules(rule('M', '100 * redis_memory_used_bytes / redis_memory_max_bytes')), '+Inf'],
    [
      'a percentage against a share',
      rules(rule('M', memoryQuery, threshold('C', 'A', 'gt', 0.8))),
      'fires already at 1 %',
    ],
    [
      'a threshold that is too low',
      rules(rule('M', memoryQuery, threshold('C', 'A', 'gt', 50))),
      'fires already at 50 %',
    ],
    [
      'a threshold that is too high',
      rules(rule('M', memoryQuery, threshold('C', 'A', 'gt', 98))),
      'fires only at 98 %',
    ],
    [
      'a condition the wrong way round',
      rules(rule('M', memoryQuery, threshold('C', 'A', 'lt', 80))),
      'not that the query is above',
    ],
    ['no condition', rules({ ...good, condition: 'A' }), 'not that the query is above'],
    ['no data while all is well', rules(rule('M', `(${memoryQuery}) > 80`)), 'has no result while all is well'],
    [
      'the untouched default policy',
      rules({ ...good, notification_settings: null }),
      'grafana-default-email (<example@email.com>)',
    ],
    ['a contact point that is gone', points(), 'has no contact point'],
    [
      'a contact point to elsewhere',
      points({ ...chat, settings: { url: 'http://chat.example.com/inbox' } }),
      'does not lead to the inbox',
    ],
    [
      'a secret address and no sign of it',
      points({ ...chat, type: 'slack', settings: { url: '[REDACTED]' } }),
      'does not lead to the inbox',
    ],
    [
      'mail to a stranger',
      points({ ...chat, type: 'email', settings: { addresses: 'me@example.com' } }),
      'does not lead to the inbox',
    ],
    ['no word of its end', points({ ...chat, disableResolveMessage: true }), 'says nothing when the alert is over'],
    ['a Grafana that does not run', { pages: { '/api/health': undefined } }, 'does not answer on monitor:3000'],
  ])('is unmet with %s', async (_name, setting, seen) => {
    expect(await judge(setting)).toMatchObject({ state: 'unmet', seen: expect.stringContaining(seen) });
  });
});

describe('an alert on the silence of Prometheus', () => {
  const judge = async (setting: Setting) => judgeSilenceAlert(await seeGrafanaAlerts(grafana(setting)));
  const silence = rule('Silence', 'min(up{job="redis"})', threshold('C', 'A', 'lt', 1));

  test('is met when no data and errors are told', async () => {
    expect(await judge(rules({ ...silence, noDataState: 'Alerting', execErrState: 'Alerting' }))).toMatchObject({
      state: 'met',
    });
    // Grafana's defaults tell them as alerts of their own.
    expect(await judge(rules(silence))).toMatchObject({ state: 'met' });
  });

  test.each<[string, Setting, string]>([
    ['no rule', rules(good), 'no alert rule that asks for up'],
    ['errors taken for normal', rules({ ...silence, execErrState: 'OK' }), 'the query of Silence fails'],
    [
      'no data taken for what was before',
      rules({ ...silence, noDataState: 'KeepLast' }),
      'has no result, and the rule goes on',
    ],
    ['a comparison in the query', rules(rule('Silence', 'up{job="redis"} == 0')), 'cannot tell them apart'],
    [
      'a condition that is true while all is well',
      { pages: { '/api/prometheus/grafana/api/v1/rules': evaluated('Silence', 'firing') } },
      'Silence is firing although Prometheus answers',
    ],
    ['a paused rule', rules({ ...silence, isPaused: true }), 'is paused'],
    [
      'a contact point to elsewhere',
      points({ ...chat, settings: { url: 'http://localhost:9093' } }),
      'does not lead to the inbox',
    ],
  ])('is unmet with %s', async (_name, setting, seen) => {
    expect(await judge(setting)).toMatchObject({ state: 'unmet', seen: expect.stringContaining(seen) });
  });
});

describe('notification policies', () => {
  const root = {
    receiver: 'all',
    routes: [
      { object_matchers: [['team', '!=', '']], receiver: 'team', continue: true },
      {
        object_matchers: [['severity', '=', 'critical']],
        routes: [{ object_matchers: [['team', '!~', 'db.*']], receiver: 'pager' }],
      },
      { receiver: 'chat' },
    ],
  };
  test.each([
    [{}, ['chat']],
    [{ team: 'db' }, ['team', 'chat']],
    [{ severity: 'critical' }, ['pager']],
    [{ severity: 'critical', team: 'dba' }, ['team', 'all']],
  ])('lead %j to %j', (labels, receivers) => expect(receiversOf(root, labels)).toEqual(receivers));
});
