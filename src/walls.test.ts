/** The walls between the rooms: who may import whom. The table is the rule, the test reads every import. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** For each room, the rooms that its files may import, beside their own. A room is the longest path here that a file is under. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/shared': [],
  sandbox: [],
  'sandbox/docker': ['sandbox'],
  'sandbox/testing.ts': ['sandbox', 'sandbox/docker'],
  'src/checking': ['src/shared', 'sandbox'],
  checkers: ['src/checking', 'src/shared', 'sandbox', 'src/witness'],
  lessons: ['checkers', 'src/checking', 'src/shared', 'sandbox'],
  'src/progress': ['src/shared'],
  // The keeper and the watchers store through the records' interface, not through the database.
  'src/leases': ['src/shared', 'sandbox', 'src/progress'],
  'src/witness': ['src/shared', 'src/checking', 'sandbox'],
  'src/inbox': ['src/shared', 'sandbox', 'src/progress'],
  'src/workshops': ['src/shared', 'src/progress'],
  // What is told to other systems waits in the records' database, as everything else does.
  'src/outbox': ['src/progress'],
  'src/lti': ['src/outbox', 'src/progress'],
  'src/xapi': ['src/shared', 'src/outbox', 'src/progress'],
  'src/authoring': [
    'src/shared',
    'src/checking',
    'src/witness',
    'src/inbox',
    'sandbox',
    'sandbox/docker',
    'checkers',
    'lessons',
  ],
  'src/islands': ['src/shared'],
  // Papers are made in the browser from the same pure results as the downloads.
  'src/islands/workshop': ['src/shared', 'src/islands', 'src/workshops'],
  'src/components': ['src/shared', 'src/checking', 'sandbox', 'lessons', 'src/islands'],
  'src/layouts': ['src/shared', 'src/components', 'src/islands', 'src/styles'],
  'src/pages': ['src/shared', 'src/components', 'src/layouts', 'src/islands', 'src/islands/workshop', 'src/styles'],
  'src/server': [
    'src/shared',
    'src/checking',
    'src/leases',
    'src/progress',
    'src/witness',
    'src/inbox',
    'src/workshops',
    'src/outbox',
    'src/lti',
    'src/xapi',
    'src/authoring',
    'sandbox',
  ],
  // The one file that knows which engine there is.
  'src/server/main.ts': ['src/server', 'src/progress', 'src/lti', 'sandbox', 'sandbox/docker'],
};

/** Packages that only one room may know. */
const only: Readonly<Record<string, readonly string[]>> = {
  dockerode: ['sandbox/docker'],
  ioredis: ['src/checking', 'src/witness'],
  'node:sqlite': ['src/progress', 'src/workshops'],
  jose: ['src/lti'],
  ws: ['src/server'],
  'prom-client': ['src/server'],
};

const aliases: readonly (readonly [string, string])[] = [
  ['#shared/', 'src/shared/'],
  ['#checking/', 'src/checking/'],
  ['#checkers/', 'checkers/'],
  ['#sandbox/', 'sandbox/'],
  ['#lessons/', 'lessons/'],
];

const rooms = Object.keys(mayImport).toSorted((a, b) => b.length - a.length);
const roomOf = (path: string) => rooms.find((room) => path === room || path.startsWith(`${room}/`));
const isTest = (path: string) => /\.test\.ts$|\/(testing|fixtures)\//.test(path);

interface Import {
  readonly file: string;
  readonly from: string;
}

const files = globSync('{src,sandbox,checkers,lessons}/**/*.{ts,astro}', { cwd: root }).filter((file) => !isTest(file));
const imports = files.flatMap((file): Import[] => {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...found].flatMap(([, a, b, c]) => ((a ?? b ?? c) ? [{ file, from: (a ?? b ?? c) as string }] : []));
});

/** The file in the repository that an import means; undefined for packages. */
function target({ file, from }: Import): string | undefined {
  const alias = aliases.find(([prefix]) => from.startsWith(prefix));
  if (alias) return alias[1] + from.slice(alias[0].length);
  return from.startsWith('.') ? relative(root, join(root, dirname(file), from)) : undefined;
}

describe('walls', () => {
  it('has imports to look at', () => expect(imports.length).toBeGreaterThan(200));

  it('are crossed by no import', () => {
    const crossing = imports.flatMap((each) => {
      const there = target(each);
      const room = roomOf(each.file);
      const other = there && roomOf(there);
      const fine = !room || !other || room === other || mayImport[room]?.includes(other);
      return fine ? [] : [`${each.file} imports ${each.from}, but ${room} may not know ${other}`];
    });
    expect(crossing).toEqual([]);
  });

  it('keep packages in their rooms', () => {
    const astray = imports.flatMap(({ file, from }) => {
      const allowed = only[from];
      return !allowed || allowed.includes(roomOf(file) ?? '') ? [] : [`${file} imports ${from}`];
    });
    expect(astray).toEqual([]);
  });

  it('let nothing of Node into the browser', () => {
    const inBrowser = imports.filter(({ file, from }) => file.startsWith('src/islands/') && from.startsWith('node:'));
    expect(inBrowser).toEqual([]);
  });
});
