/** A command of the set-up: its last line is the progress, its last lines are the error. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Say } from './step.ts';
import { diskFull, saysDiskFull, SetupTrouble } from './trouble.ts';

const kept = 15;
/** Milliseconds after its end in which the last lines of a command are still read. */
const outputTime = 100;

export async function runCommand(command: string, words: readonly string[], say: Say): Promise<void> {
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (!line.trim()) return;
      last.push(line);
      if (last.length > kept) last.shift();
      say(line);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new SetupTrouble(`${command} cannot be run: ${error.message}.`)));
    // Not 'close': a daemon that a package starts may hold the pipes for ever.
    child.on('exit', (code) => setTimeout(() => resolve(code), outputTime));
  });
  child.stdout.destroy();
  child.stderr.destroy();
  if (code === 0) return;
  if (last.some(saysDiskFull)) throw diskFull();
  throw new SetupTrouble(`\`${[command, ...words].join(' ')}\` failed:\n${last.join('\n')}`);
}
