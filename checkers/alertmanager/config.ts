/** What an Alertmanager configuration says of receivers and delays, wherever in its routes it says it. */
import { parse } from 'yaml';
import { seconds } from '#checkers/prometheus/durations.ts';

export type Channel = 'email' | 'chat';

export type AlertmanagerConfig = {
  /** Integrations of the receivers that some route leads to: 'email', 'slack', 'webhook', … */
  readonly integrations: readonly string[];
  /** Those of them that stay silent when an alert is over. */
  readonly silentWhenOver: readonly string[];
  /** The longest that any route waits, in seconds. */
  readonly groupWait: number;
  readonly groupInterval: number;
  /** Files that hold addresses: `api_url_file`, `url_file` and the like. */
  readonly files: readonly string[];
};

const defaultWait = 30;
const defaultInterval = 300;

export function readConfig(text: string): AlertmanagerConfig {
  const config = bag(safely(text));
  const routes = routesOf(bag(config['route']));
  const names = new Set(routes.map((route) => route['receiver']));
  const receivers = bags(config['receivers']).filter((receiver) => names.has(receiver['name']));
  const integrations = receivers.flatMap((receiver) =>
    Object.entries(receiver).flatMap(([key, list]) =>
      bags(list).map((settings) => ({ kind: key.replace(/_configs$/, ''), settings })),
    ),
  );
  const longest = (field: string, initial: number) =>
    Math.max(...routes.map((route) => seconds(String(route[field] ?? '')) ?? (route === routes[0] ? initial : 0)));
  return {
    integrations: [...new Set(integrations.map(({ kind }) => kind))],
    silentWhenOver: integrations.filter(({ kind, settings }) => !tellsWhenOver(kind, settings)).map(({ kind }) => kind),
    groupWait: longest('group_wait', defaultWait),
    groupInterval: longest('group_interval', defaultInterval),
    files: [bag(config['global']), ...integrations.map(({ settings }) => settings)].flatMap(filesIn),
  };
}

export const channelOf = (integration: string): Channel => (integration === 'email' ? 'email' : 'chat');

/** Alertmanager's own defaults: mail and Slack say nothing when an alert is over, a plain webhook does. */
function tellsWhenOver(kind: string, settings: Bag): boolean {
  const said = settings['send_resolved'];
  return typeof said === 'boolean' ? said : !['email', 'slack'].includes(kind);
}

const filesIn = (settings: Bag): readonly string[] =>
  Object.entries(settings).flatMap(([name, path]) =>
    name.endsWith('_file') && typeof path === 'string' ? [path] : [],
  );

function routesOf(route: Bag): readonly Bag[] {
  return [route, ...bags(route['routes']).flatMap((child) => routesOf({ receiver: route['receiver'], ...child }))];
}

function safely(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

type Bag = Readonly<Record<string, unknown>>;
const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});
const bags = (value: unknown): readonly Bag[] => (Array.isArray(value) ? value.map(bag) : []);
