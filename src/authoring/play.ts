/**
 * Runs a lesson's script in a lab as the learner would: a login shell of the learner on the script's host. `on` and
 * `answer` are shell functions there; they put one line into a pipe, which is read from outside and answered.
 */
import { randomBytes } from 'node:crypto';
import type { CommandResult, Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { Script } from './script.ts';

const learner = { user: 'learner', env: { HOME: '/home/learner', USER: 'learner', LOGNAME: 'learner' } } as const;
const scriptTime = 180_000;

/** Answers that the script hands in go to `answer`. */
export async function play(
  lab: Lab,
  script: Pick<Script, 'host' | 'text'>,
  answer: (question: string, value: string) => void,
  shell: Shell = unseen,
): Promise<CommandResult> {
  const folder = `/tmp/lesson-${randomBytes(4).toString('hex')}`;
  const { host } = script;
  const setUp = `mkdir ${folder} && cd ${folder} && mkfifo request && cat > script`;
  const made = await lab.run(host, setUp, { ...learner, input: script.text });
  if (made.code !== 0) throw new Error(`${host} does not take the script: ${made.stderr.trim()}`);

  const serving = serve(lab, host, folder, answer);
  try {
    return await Promise.race([shell({ lab, host, folder, functions: functions(folder) }), serving]);
  } finally {
    await lab.run(host, `timeout 1 sh -c 'echo end > ${folder}/request'; rm -rf ${folder}`).catch(() => undefined);
  }
}

/** What runs `script` in `folder` on the host, with `on` and `answer` defined by `functions`. */
export type Shell = (stage: {
  readonly lab: Lab;
  readonly host: HostName;
  readonly folder: string;
  readonly functions: string;
}) => Promise<CommandResult>;

const unseen: Shell = ({ lab, host, folder, functions: defined }) =>
  lab.run(host, ['bash', '--login', '-c', `${defined}\ncd && . ${folder}/script`], { ...learner, timeout: scriptTime });

/** Answers requests until it is told the end; never resolves, so that only a failure counts in the race. */
async function serve(
  lab: Lab,
  host: HostName,
  folder: string,
  answer: (question: string, value: string) => void,
): Promise<never> {
  const failed = Promise.withResolvers<never>();
  // Opened for both ends, the pipe does not end with the first request.
  const read = `while IFS= read -r line && [[ $line != end ]]; do printf '%s\\n' "$line"; done <> ${folder}/request`;
  // Not waited for: a script may ask several hosts at once, with & and wait.
  const onLine = (request: string) => void reply(lab, host, folder, request, answer).catch(failed.reject);
  const reading = lab.run(host, read, { user: 'learner', timeout: scriptTime, onLine });
  return Promise.race([reading.then(() => failed.promise), failed.promise]);
}

async function reply(
  lab: Lab,
  host: HostName,
  folder: string,
  request: string,
  answer: (question: string, value: string) => void,
): Promise<void> {
  const [verb, number, ...fields] = request.split(' ');
  const words = fields.map((field) => Buffer.from(field.slice(1), 'base64').toString());
  const result = verb === 'on' ? await elsewhere(lab, words) : handIn(words, answer);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const input = `${result.code}\n=${base64(result.stdout)}\n=${base64(result.stderr)}\n`;
  await lab.run(host, `cat > ${folder}/reply-${number}`, { user: 'learner', input });
}

/** One word is a piece of shell, several are a command and its arguments, none: the shell reads commands from stdin. */
async function elsewhere(lab: Lab, [name, input, ...words]: readonly string[]): Promise<Said> {
  const host = lab.topology.hosts.find((known) => known.name === name && known.terminals);
  if (!host) return { code: 127, stdout: '', stderr: `on: this lab has no host "${name}" for learners\n` };
  const script = words.length > 1 ? ['"$@"', 'on', ...words] : [words[0] ?? 'exec bash'];
  try {
    const options = { ...learner, input: input ?? '', timeout: scriptTime };
    return await lab.run(host.name, ['bash', '--login', '-c', `cd; ${script[0]}`, ...script.slice(1)], options);
  } catch (error) {
    return { code: 255, stdout: '', stderr: `on ${name}: ${error instanceof Error ? error.message : String(error)}\n` };
  }
}

function handIn(
  [question = '', value = '']: readonly string[],
  answer: (question: string, value: string) => void,
): Said {
  answer(question, value);
  return { code: 0, stdout: '', stderr: '' };
}

type Said = Pick<CommandResult, 'code' | 'stdout' | 'stderr'>;

/** `on` hands its standard input over, too, as ssh does. */
const functions = (folder: string) => `
on() { local host=$1; shift; _ask on "$host" "$(cat)" "$@"; }
answer() { _ask answer "$1" "$2"; }
_ask() (
  line="$1 $BASHPID"; shift
  for word; do line+=" =$(printf %s "$word" | base64 -w0)"; done
  mkfifo ${folder}/reply-$BASHPID
  (flock 9; printf '%s\\n' "$line" > ${folder}/request) 9> ${folder}/lock
  { read -r status; read -r out; read -r err; } < ${folder}/reply-$BASHPID
  rm ${folder}/reply-$BASHPID
  printf %s "\${out#=}" | base64 -d
  printf %s "\${err#=}" | base64 -d >&2
  exit "$status"
)`;
