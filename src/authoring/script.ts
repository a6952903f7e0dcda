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
  /** What is run; after `# after: solution` the solution's own text comes first. */
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

/** `folder` is the step's, where the solution stands that a script may begin with. */
export async function readScript(path: string, folder: string): Promise<Script> {
  const own = await readFile(path, 'utf8').catch(() => {
    throw new Complaint(`There is no script ${path}`);
  });
  const values = (key: string) =>
    own.split('\n').flatMap((line) => (line.startsWith(`# ${key}: `) ? [line.slice(key.length + 4).trim()] : []));
  const [after] = values('after');
  const before = after && (await solutionBefore(after, path, folder));
  const [named = before ? before.host : 'redis-1'] = values('host');
  const host = learnerHosts.find((known) => known === named);
  if (!host) throw new Complaint(`${path} says "# host: ${named}"; hosts are ${learnerHosts.join(', ')}`);
  if (before && host !== before.host)
    throw new Complaint(`${path} says "# host: ${host}", but comes after the solution, which runs on ${before.host}`);
  const text = before ? `${before.text}\n${own}` : own;
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
    Promise.all(names.filter((name) => name.endsWith('.sh')).map((name) => readScript(join(under, name), folder)));
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

/** The solution, or its part before the line that begins with what `until` names: '# after: solution until 3.' */
async function solutionBefore(after: string, path: string, folder: string): Promise<Pick<Script, 'host' | 'text'>> {
  const asked = /^solution(?: until (.+))?$/.exec(after);
  if (!asked)
    throw new Complaint(`${path} says "# after: ${after}"; write "# after: solution" or "# after: solution until 3."`);
  const solution = join(folder, 'solution.sh');
  if (path === solution) throw new Complaint(`${path} says "# after: ${after}", but it is the solution itself`);
  const { host, text } = await readScript(solution, folder);
  const until = asked[1];
  if (until === undefined) return { host, text };
  const end = text.indexOf(`\n# ${until}`);
  if (end < 0)
    throw new Complaint(`${path} says "# after: ${after}", but no line of solution.sh begins with "# ${until}"`);
  return { host, text: text.slice(0, end) };
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
