/** From Prometheus to Alertmanager to the inbox, as configured. */
import { channelOf } from '#checkers/alertmanager/config.ts';
import { met, unmet, type Finding } from '#checking/define.ts';
import type { AlertingEvidence } from './evidence.ts';

export function judgeWired({ prometheus, alertmanager }: AlertingEvidence): Finding {
  const { up, known, sentTo = [], fault, toInbox, config } = alertmanager;
  if (!up)
    return unmet(
      'Alertmanager does not answer on monitor:9093.',
      fault ??
        'sudo systemctl start prometheus-alertmanager; its log is /var/log/prometheus/prometheus-alertmanager.log.',
    );
  if (fault)
    return unmet(
      `Alertmanager would not take its file: ${fault}`,
      'amtool check-config /etc/prometheus/alertmanager.yml says where.',
    );
  if (!known && !prometheus.up)
    return unmet(
      'Alertmanager runs, but Prometheus does not answer, so nobody sends to it.',
      'sudo systemctl start prometheus; its log is /var/log/prometheus/prometheus.log.',
    );
  if (!known)
    return unmet(
      `Alertmanager runs, but Prometheus does not send to it${sentTo.length > 0 ? `: it sends to ${sentTo.join(' and ')}` : '.'}`,
      'prometheus.yml needs alerting: alertmanagers: … targets: [localhost:9093].',
    );
  if (config.integrations.length === 0)
    return unmet(
      'No route of Alertmanager leads to a receiver that tells anybody.',
      loadIt(alertmanager) ??
        'Each route names a receiver, and that has email_configs, slack_configs or webhook_configs.',
    );
  if (!toInbox)
    return unmet(
      'No receiver of Alertmanager leads to the host inbox.',
      loadIt(alertmanager) ?? 'A webhook goes to http://inbox/chat, mail to the smarthost inbox:25.',
    );
  if (config.silentWhenOver.length > 0)
    return unmet(
      `The ${config.silentWhenOver.join(' and ')} receiver says nothing when an alert is over.`,
      loadIt(alertmanager) ?? 'send_resolved: true on each receiver: for mail and Slack the default is false.',
    );
  return met(
    `Prometheus → Alertmanager → ${config.integrations.join(' and ')} to the inbox, also when an alert is over.`,
  );
}

export function judgeChannels({ alertmanager }: AlertingEvidence): Finding {
  const { integrations } = alertmanager.config;
  const channels = integrations.map(channelOf);
  if (!channels.includes('email'))
    return unmet(
      'No route leads to an e-mail receiver.',
      loadIt(alertmanager) ?? 'email_configs with an address at example.org, by the smarthost inbox:25.',
    );
  if (!channels.includes('chat'))
    return unmet(
      'No route leads to a chat receiver.',
      loadIt(alertmanager) ?? 'slack_configs or webhook_configs with http://inbox/chat.',
    );
  return met(`Two channels: ${integrations.join(' and ')}.`);
}

/** What to try first when the file says something else than what Alertmanager runs with. */
const loadIt = ({ stale }: AlertingEvidence['alertmanager']): string | undefined =>
  stale
    ? 'Alertmanager still runs with other settings than its file has: sudo systemctl restart prometheus-alertmanager.'
    : undefined;
