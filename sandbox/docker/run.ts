/** A command on a host, to its end or its time limit. */
import type { CommandResult, RunOptions } from '../driver.ts';
import type { Attendant } from './attendant.ts';
import { noStatus } from './exec-stream.ts';

const defaultTimeout = 10_000;
const defaultMaxOutput = 4 * 1024 * 1024;
/** Milliseconds that we wait here longer than the limit inside the host. */
const grace = 3_000;

export async function runCommand(
  attendant: Attendant,
  command: string | readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const { timeout = defaultTimeout, maxOutput = defaultMaxOutput, user = 'root' } = options;
  options.signal?.throwIfAborted();
  const stdout = keep(maxOutput);
  const stderr = keep(maxOutput);
  const startedAt = performance.now();
  const task = attendant.run(
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
  task.end(options.input);
  task.on('data', stdout.add);
  if (options.onLine) task.on('data', byLine(options.onLine, maxOutput));
  // The host is frozen, or somebody in it has stopped the attendant: the next command gets another one.
  const giveUp = setTimeout(() => attendant.dismiss(), timeout + grace);
  const abort = () => task.destroy();
  options.signal?.addEventListener('abort', abort, { once: true });
  await new Promise<void>((resolve) => task.once('close', resolve));
  clearTimeout(giveUp);
  options.signal?.removeEventListener('abort', abort);
  options.signal?.throwIfAborted();
  const timedOut = performance.now() - startedAt >= timeout;
  const code = timedOut ? noStatus : (task.status ?? noStatus);
  return { code, stdout: stdout.text(), stderr: stderr.text(), timedOut };
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
