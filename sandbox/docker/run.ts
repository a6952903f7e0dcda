/** A command on a host, to its end or its time limit. */
import type Docker from 'dockerode';
import type { CommandResult, RunOptions } from '../driver.ts';
import { exitCode, noStatus, startExec } from './exec-stream.ts';

const defaultTimeout = 10_000;
const defaultMaxOutput = 4 * 1024 * 1024;
/** How much longer than the limit inside the host we wait here: for a host that was paused under the command. */
const grace = 1_500;

export async function runCommand(
  container: Docker.Container,
  command: string | readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const { timeout = defaultTimeout, maxOutput = defaultMaxOutput, user = 'root' } = options;
  const stdout = keep(maxOutput);
  const stderr = keep(maxOutput);
  const { exec, stream } = await startExec(
    container,
    {
      // The limit is held inside the host: a command must not outlive a server that stopped waiting for it.
      command: [
        'timeout',
        '--signal=KILL',
        `${timeout / 1000}s`,
        ...(typeof command === 'string' ? ['bash', '-c', command] : command),
      ],
      user,
      env: { HOME: user === 'learner' ? '/home/learner' : '/root', ...options.env },
    },
    stderr.add,
  );
  const startedAt = performance.now();
  stream.end(options.input);
  stream.on('data', stdout.add);
  if (options.onLine) stream.on('data', byLine(options.onLine, maxOutput));
  const giveUp = setTimeout(() => stream.destroy(), timeout + grace);
  const abort = () => stream.destroy();
  options.signal?.addEventListener('abort', abort, { once: true });
  // A connection that breaks is told by the exit status that is missing then.
  stream.on('error', () => {});
  await new Promise<void>((resolve) => stream.once('close', resolve));
  clearTimeout(giveUp);
  options.signal?.removeEventListener('abort', abort);
  options.signal?.throwIfAborted();
  const outOfTime = performance.now() - startedAt >= timeout;
  const code = outOfTime ? noStatus : await exitCode(exec);
  return { code, stdout: stdout.text(), stderr: stderr.text(), timedOut: outOfTime };
}

/** Collects chunks up to a number of bytes. */
function keep(limit: number): { add: (chunk: Buffer) => void; text: () => string } {
  const chunks: Buffer[] = [];
  let length = 0;
  return {
    add: (chunk) => {
      if (length >= limit) return;
      chunks.push(chunk.subarray(0, limit - length));
      length += chunk.length;
    },
    text: () => Buffer.concat(chunks).toString(),
  };
}

/** Cuts chunks into lines. */
function byLine(onLine: (line: string) => void, limit: number): (chunk: Buffer) => void {
  let begun: Buffer = Buffer.alloc(0);
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      onLine(
        Buffer.concat([begun, chunk.subarray(from, end)])
          .subarray(0, limit)
          .toString(),
      );
      begun = Buffer.alloc(0);
      from = end + 1;
    }
    begun = Buffer.concat([begun, chunk.subarray(from)]).subarray(0, limit);
  };
}
