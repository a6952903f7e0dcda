/** Runs a stage in a process group of its own, so that a stage that hangs can be ended whole. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { root } from '../places.ts';
import type { Stage } from './stages.ts';

export interface StageResult {
  readonly name: string;
  /** What went wrong, or undefined when it passed. */
  readonly trouble?: string;
  readonly seconds: number;
}

const politeTime = 3_000;

export async function runStage(stage: Stage, signal: AbortSignal): Promise<StageResult> {
  const startedAt = performance.now();
  const limit = stage.limitMinutes * 60_000;
  let trouble: string | undefined;
  for (const command of stage.commands) {
    trouble = await runToEnd(command, limit - (performance.now() - startedAt), signal);
    if (trouble !== undefined) break;
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { name: stage.name, seconds, ...(trouble !== undefined && { trouble }) };
}

async function runToEnd([file, ...words]: readonly [string, ...string[]], limit: number, signal: AbortSignal) {
  const child = spawn(file, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  let trouble: string | undefined;
  const end = (why: string) => {
    trouble = why;
    killGroup(child, 'SIGTERM');
    setTimeout(() => killGroup(child, 'SIGKILL'), politeTime);
  };
  const timer = setTimeout(() => end('took too long and was killed'), limit);
  const interrupt = () => end('was interrupted');
  signal.addEventListener('abort', interrupt, { once: true });
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (status, by) => resolve(status ?? by ?? 'unknown'));
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', interrupt);
  // Whatever it left running would hold our output open, and whoever waits for the end of that.
  killGroup(child, 'SIGKILL');
  return trouble ?? (code === 0 ? undefined : `failed (${typeof code === 'number' ? `exit ${code}` : code})`);
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has gone by itself.
  }
}
