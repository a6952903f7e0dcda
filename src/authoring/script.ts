/** A lesson's script: shell commands with a head that says where they run and what the checker must say afterwards. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { learnerHosts } from '#sandbox/topologies.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { Complaint } from './complaint.ts';

export interface Script {
  readonly path: string;
  /** 'solution', 'solution.password', 'undo', 'same-host' */
  readonly name: string;
  /** From `# host: redis-2`; redis-1 when the head says nothing. */
  readonly host: HostName;
  /** From `# expect: <criterion>: <part of what is seen>`. */
  readonly expects: readonly Expectation[];
  readonly text: string;
}

export interface Expectation {
  readonly criterion: string;
  readonly seen: string;
}

/** The scripts of one step. */
export interface StepScripts {
  readonly solution: Script;
  /** Differently written solutions, `solution.<name>.sh`. */
  readonly others: readonly Script[];
  readonly undo: Script | undefined;
  readonly wrong: readonly Script[];
}

export async function readScript(path: string): Promise<Script> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Complaint(`There is no script ${path}`);
  });
  const head = text.split('\n').filter((line) => line.startsWith('# '));
  const values = (key: string) =>
    head.flatMap((line) => (line.startsWith(`# ${key}: `) ? [line.slice(key.length + 4).trim()] : []));
  const named = values('host')[0] ?? 'redis-1';
  const host = learnerHosts.find((known) => known === named);
  if (!host) throw new Complaint(`${path} says "# host: ${named}"; hosts are ${learnerHosts.join(', ')}`);
  return {
    path,
    name: basename(path, '.sh'),
    host,
    expects: values('expect').map((line) => expectation(line, path)),
    text,
  };
}

export async function readStepScripts(lessonPath: string, step: string): Promise<StepScripts> {
  const folder = join(lessonPath, 'steps', step);
  const files = await namesIn(folder);
  const read = (names: readonly string[], under = folder) =>
    Promise.all(names.filter((name) => name.endsWith('.sh')).map((name) => readScript(join(under, name))));
  const scripts = await read(files);
  const solution = scripts.find((script) => script.name === 'solution');
  if (!solution)
    throw new Complaint(`${join(folder, 'solution.sh')} is missing: write the commands that make the step done`);
  return {
    solution,
    others: scripts.filter((script) => script.name.startsWith('solution.')),
    undo: scripts.find((script) => script.name === 'undo'),
    wrong: await read(await namesIn(join(folder, 'wrong')), join(folder, 'wrong')),
  };
}

function expectation(line: string, path: string): Expectation {
  const colon = line.indexOf(': ');
  if (colon < 1)
    throw new Complaint(`${path} says "# expect: ${line}"; write "# expect: <criterion>: <part of what is seen>"`);
  return { criterion: line.slice(0, colon), seen: line.slice(colon + 2) };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    return [];
  }
}
