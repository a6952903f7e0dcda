/** What an Alertmanager configuration says of receivers and delays, wherever in its routes it says it. */
import { parse } from 'yaml';
import { seconds } from '#checkers/prometheus/durations.ts';

export type Channel = 'email' | 'chat';

export type AlertmanagerConfig = {
  /** Integrations of the receivers that some route leads to: 'email', 'slack', 'webhook', … */
  readonly integrations: readonly string[];
  /** Those of them that stay silent when an alert is over. */
  readonly silentWhenOver: readonly string[];
  /** The longest that any route to somebody waits, in seconds. */
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
  const receivers = bags(config['receivers']).map((receiver) => ({ name: receiver['name'], ways: waysOf(receiver) }));
  const waysFor = (route: Bag) => receivers.find(({ name }) => name === route['receiver'])?.ways ?? [];
  const telling = routes.filter((route) => waysFor(route).length > 0);
  const integrations = [...new Set(telling.flatMap(waysFor))];
  const longest = (field: string, initial: number) =>
    telling.length === 0 ? initial : Math.max(...telling.map((route) => seconds(String(route[field])) ?? initial));
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

/** Every way of a receiver to reach somebody; a receiver without any is a way to say "nobody". */
const waysOf = (receiver: Bag): readonly { readonly kind: string; readonly settings: Bag }[] =>
  Object.entries(receiver).flatMap(([key, list]) =>
    bags(list).map((settings) => ({ kind: key.replace(/_configs$/, ''), settings })),
  );

/** The route and all below it; what a route does not say, it has from the route above. */
function routesOf({ routes, ...route }: Bag): readonly Bag[] {
  return [route, ...bags(routes).flatMap((child) => routesOf({ ...route, ...child }))];
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
