/** How long the learner's own settings let a fault stay unknown: every wait on the way, added up. */
import type { AlertingEvidence } from './evidence.ts';

export type Delays = {
  readonly scrape: number;
  readonly evaluation: number;
  readonly wait: number;
  readonly groupWait: number;
  readonly groupInterval: number;
};

export function delaysOf({ prometheus, rules, alertmanager }: AlertingEvidence, alerts: readonly string[]): Delays {
  const chosen = rules.alerts.filter(({ name }) => alerts.includes(name));
  const exporters = prometheus.targets.filter(({ url }) => /target=|:9121\//.test(url));
  // An exporter may listen on another port: then every target but Prometheus itself may be one.
  const scraped = exporters.length > 0 ? exporters : prometheus.targets.filter(({ url }) => !/:909\d\//.test(url));
  return {
    scrape: Math.max(0, ...scraped.map(({ every }) => every)),
    evaluation: Math.max(0, ...chosen.map(({ every }) => every)),
    wait: Math.max(0, ...chosen.map(({ wait }) => wait)),
    groupWait: alertmanager.config.groupWait,
    groupInterval: alertmanager.config.groupInterval,
  };
}

export const untilTold = ({ scrape, evaluation, wait, groupWait }: Delays): number =>
  scrape + evaluation + wait + groupWait;
export const untilOver = ({ scrape, evaluation, groupInterval }: Delays): number => scrape + evaluation + groupInterval;

/** Longer than this a drill does not wait. */
export const longest = 90;

export const sum = ({ scrape, evaluation, wait, groupWait }: Delays): string =>
  `scrape ${scrape} + evaluation ${evaluation} + for ${wait} + group_wait ${groupWait}`;
