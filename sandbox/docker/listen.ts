/** Listens on a port inside a host: one exec runs `listen` of the lab image, which carries every connection in frames. */
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type Docker from 'dockerode';
import { startExec } from './exec-stream.ts';
import type { ExecStream } from './exec-stream.ts';
import { frameOf, framesFrom } from './frames.ts';

/** Milliseconds. */
const retryAfter = 500;

export function listenOn(
  container: Docker.Container,
  port: number,
  onConnection: (stream: Duplex) => void,
  signal: AbortSignal,
): void {
  void (async () => {
    while (!signal.aborted) {
      // A host that is down, replaced or gone ends the exec: listen again as soon as it is back.
      await listenOnce(container, port, onConnection, signal).catch(() => {});
      await wait(retryAfter, undefined, { signal }).catch(() => {});
    }
  })();
}

async function listenOnce(
  container: Docker.Container,
  port: number,
  onConnection: (stream: Duplex) => void,
  signal: AbortSignal,
): Promise<void> {
  const command = ['/usr/local/lib/lab/listen', String(port)];
  const { stream } = await startExec(container, { command, user: 'root' }, () => {});
  const connections = new Map<number, Duplex>();
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    stream.on('error', () => {});
    stream.on(
      'data',
      framesFrom((kind, id, payload) => {
        if (kind === 'o') {
          const connection = carried(stream, id);
          connections.set(id, connection);
          connection.once('close', () => {
            connections.delete(id);
            stream.resume();
          });
          onConnection(connection);
        } else if (kind === 'e') connections.get(id)?.push(null);
        // Whoever sends faster than it is read is made to wait, and with it the others of this port.
        else if (kind === 'd' && connections.get(id)?.push(payload) === false) stream.pause();
      }),
    );
    await once(stream, 'close');
  } finally {
    signal.removeEventListener('abort', stop);
    for (const connection of connections.values()) connection.destroy();
  }
}

/** One connection among those the exec carries. */
function carried(stream: ExecStream, id: number): Duplex {
  const connection = new Duplex({
    read: () => void stream.resume(),
    write: (chunk: Buffer, _encoding, done) => void stream.write(frameOf('d', id, chunk), () => done()),
    final: (done) => void stream.write(frameOf('e', id), () => done()),
    destroy: (error, done) => {
      if (!stream.destroyed) stream.write(frameOf('e', id));
      done(error);
    },
  });
  connection.on('error', () => {});
  return connection;
}
