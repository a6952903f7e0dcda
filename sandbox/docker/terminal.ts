/** A login shell of the learner on an exec's terminal. */
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Terminal, TerminalSize } from '../driver.ts';
import { environment, exitCode, noStatus } from './exec-stream.ts';
import type { Host } from './host.ts';
import { hasStatus, translatedForHost } from './trouble.ts';

/** Bytes that wait for a shell that does not read: a paste fits, a flood does not fill this process's memory. */
const unreadLimit = 1024 * 1024;

export async function openShell(machine: Host, host: string, size: TerminalSize): Promise<Terminal> {
  const exec = await machine.container.exec({
    // The first line is for us: closing the stream does not end a shell, so its process id must be known.
    Cmd: ['sh', '-c', 'echo $$; exec bash --login'],
    User: 'learner',
    WorkingDir: '/home/learner',
    Env: environment({ HOME: '/home/learner', USER: 'learner' }),
    Tty: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    ConsoleSize: [size.rows, size.cols],
    // The default (Ctrl-P Ctrl-Q) would swallow keys of the shell.
    DetachKeys: 'ctrl-@,ctrl-@,ctrl-@',
  });
  const stream = await exec.start({ hijack: true, stdin: true, Tty: true });
  const ended = closed(stream).then(() => exitCode(exec).catch(() => noStatus));
  const resize = async ({ cols, rows }: TerminalSize) => {
    try {
      await exec.resize({ h: rows, w: cols });
    } catch (error) {
      // The shell has just ended: there is nothing to resize.
      if (!hasStatus(error, 404, 409, 500)) throw translatedForHost(host, error);
    }
  };
  const session = await firstLine(stream);
  await resize(size);
  return {
    output: stream,
    ended,
    resize,
    write: (data) => {
      if (stream.writable && stream.writableLength < unreadLimit) stream.write(data);
    },
    close: async () => {
      await endSession(machine, session).catch(() => {});
      stream.destroy();
      await ended;
    },
  };
}

async function closed(stream: Duplex): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.on('error', () => {});
    // The terminal's own end is the end: nobody writes to a shell that has gone.
    stream.once('end', () => stream.destroy());
    stream.once('close', resolve);
  });
}

/** Reads up to the first line feed and leaves the rest in the stream. */
async function firstLine(stream: Duplex): Promise<string> {
  let read = Buffer.alloc(0);
  for (;;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk === null) {
      if (stream.readableEnded || stream.destroyed) return '';
      await Promise.race([once(stream, 'readable'), once(stream, 'close')]);
      continue;
    }
    read = Buffer.concat([read, chunk]);
    const end = read.indexOf('\n');
    if (end < 0) continue;
    if (end + 1 < read.length) stream.unshift(read.subarray(end + 1));
    return read.subarray(0, end).toString().trim();
  }
}

/** Everything the shell has started in its session: a polite HUP first, as a terminal that is closed sends it. */
async function endSession(machine: Host, session: string): Promise<void> {
  if (!/^\d+$/.test(session)) return;
  const script = `pkill -HUP -s ${session}
    for try in 1 2 3 4 5 6 7 8 9 10; do pgrep -s ${session} >/dev/null || exit 0; sleep 0.03; done
    pkill -KILL -s ${session}`;
  await machine.run(script);
}
