/** The policy that the lesson asks for: at most a second at risk, and a rewrite at double the size from 1 MB on. */
import { bytesOf } from '#checking/directives.ts';
import type { PersistenceSeen, Policy } from './evidence.ts';

const oneMegabyte = 2 ** 20;

/** One complaint for each part of the policy that the running server does not keep. */
export function brokenPolicy({ live }: PersistenceSeen): readonly string[] {
  const percentage = Number(live['auto-aof-rewrite-percentage']);
  const minSize = bytesOf(live['auto-aof-rewrite-min-size']);
  return [
    ...(['everysec', 'always'].includes(live.appendfsync) ? [] : [`appendfsync is ${live.appendfsync}`]),
    ...(live['no-appendfsync-on-rewrite'] === 'yes'
      ? ['nothing is synced while the file is rewritten (no-appendfsync-on-rewrite yes)']
      : []),
    ...(percentage === 0 ? ['automatic rewriting is off (auto-aof-rewrite-percentage 0)'] : []),
    ...(percentage > 100
      ? [`the file may grow by ${percentage} % before a rewrite (auto-aof-rewrite-percentage)`]
      : []),
    ...(minSize > oneMegabyte
      ? [`nothing is rewritten below ${+(minSize / oneMegabyte).toFixed(2)} MB (auto-aof-rewrite-min-size)`]
      : []),
  ];
}

/** What the running server does by default when the file does not say. */
const defaults: Policy = {
  appendfsync: 'everysec',
  'no-appendfsync-on-rewrite': 'no',
  'auto-aof-rewrite-percentage': '100',
  'auto-aof-rewrite-min-size': '64mb',
};

/** Settings that will change at the next restart, because redis.conf says otherwise. */
export function differsInFile({ live, file }: PersistenceSeen): readonly string[] {
  const names = Object.keys(defaults) as readonly (keyof Policy)[];
  return names.flatMap((name) => {
    const written = file[name] ?? defaults[name];
    if (same(name, live[name], written)) return [];
    return [`${name} is ${live[name]} now, but will be ${written} after a restart`];
  });
}

const same = (name: keyof Policy, live: string, written: string): boolean =>
  name === 'auto-aof-rewrite-min-size' ? bytesOf(live) === bytesOf(written) : live === written;
