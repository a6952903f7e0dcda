/** The author as the learner: the terminal they sit at becomes a terminal of a host in a fresh lab. */
import type { HostName } from '#sandbox/topologies.ts';
import { openBench } from './bench.ts';
import { Complaint, verdictText } from './complaint.ts';
import { openDriver } from './engine.ts';
import { findStep } from './find-step.ts';

export async function shell([stepWord, hostWord = 'redis-1']: readonly string[]): Promise<number> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY)
    throw new Complaint('shell needs a terminal to sit at; for a script use: try <lesson/step> <script.sh>');
  const { entry, step } = await findStep(stepWord);
  const bench = await openBench({ driver: await openDriver(), entry, step, say: (text) => console.error(`· ${text}`) });
  try {
    const host = bench.lab.topology.hosts.find(({ name, terminals }) => terminals && name === hostWord)?.name;
    if (!host) throw new Complaint(`${entry.lesson.slug} has no host "${hostWord}" with a terminal`);
    await sitAt(bench.lab, host, stdin, stdout);
    const { verdict } = await bench.check();
    console.log(`${verdict.step}: ${verdict.state}\n${verdictText(verdict)}`);
    return 0;
  } finally {
    await bench.close();
  }
}

async function sitAt(
  lab: Awaited<ReturnType<typeof openBench>>['lab'],
  host: HostName,
  stdin: typeof process.stdin,
  stdout: typeof process.stdout,
): Promise<void> {
  const size = () => ({ cols: stdout.columns, rows: stdout.rows });
  const terminal = await lab.openTerminal(host, size());
  const type = (keys: Buffer) => terminal.write(keys);
  const resized = () => void terminal.resize(size());
  terminal.output.pipe(stdout, { end: false });
  stdin.setRawMode(true).on('data', type).resume();
  stdout.on('resize', resized);
  try {
    await terminal.ended;
  } finally {
    stdin.off('data', type).setRawMode(false).pause();
    stdout.off('resize', resized);
  }
}
