import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { handedOver, readCounters, since } from './counters.ts';

test('receivers count only when a route leads to them, and delays are the longest of any route', () => {
  const config = readConfig(`
route:
  receiver: chat
  group_wait: 2s
  routes:
    - matchers: [severity = critical]
      receiver: mail
      group_wait: 1m30s
      group_interval: 10s
receivers:
  - name: mail
    email_configs: [{to: a@example.org, send_resolved: true}]
  - name: chat
    slack_configs: [{api_url_file: /etc/prometheus/url}]
  - name: forgotten
    webhook_configs: [{url: 'http://inbox/chat'}]
`);
  expect(config).toEqual({
    integrations: ['slack', 'email'],
    silentWhenOver: ['slack'],
    groupWait: 90,
    groupInterval: 300,
    files: ['/etc/prometheus/url'],
  });
});

test('a route without a receiver of its own takes that of the route above', () => {
  const config = readConfig(`
route: {receiver: hook, routes: [{matchers: [a = b]}]}
receivers: [{name: hook, webhook_configs: [{url: 'http://inbox/chat'}]}]
`);
  expect(config).toMatchObject({ integrations: ['webhook'], silentWhenOver: [], groupWait: 30 });
});

test('a route to nobody tells nobody, and delays nobody', () => {
  const config = readConfig(`
route:
  receiver: nobody
  group_interval: 10s
  routes: [{matchers: [a = b], receiver: hook, group_wait: 1s}]
receivers: [{name: nobody}, {name: hook, webhook_configs: [{url: 'http://inbox/chat'}]}]
`);
  expect(config).toMatchObject({ integrations: ['webhook'], groupWait: 1, groupInterval: 10 });
});

test.each(['', 'route: [', '- a list', 'receivers: 5'])('%j is a configuration without receivers', (text) => {
  expect(readConfig(text).integrations).toEqual([]);
});

const metrics = (email: number, failed: number, slack: number) => `
# TYPE alertmanager_notification_requests_total counter
alertmanager_notification_requests_total{integration="email"} ${email}
alertmanager_notification_requests_total{integration="slack"} ${slack}
alertmanager_notification_requests_failed_total{integration="email"} ${failed}
alertmanager_notification_requests_failed_total{integration="slack"} 0
`;

test('what was handed over is what was tried and did not fail, since the look before', () => {
  const news = since(readCounters(metrics(5, 5, 1)), readCounters(metrics(8, 7, 1)));
  expect(news).toEqual({ email: { tried: 3, failed: 2 }, slack: { tried: 0, failed: 0 } });
  expect(handedOver(news, (integration) => integration === 'email')).toBe(1);
  expect(handedOver(news, (integration) => integration !== 'email')).toBe(0);
});
