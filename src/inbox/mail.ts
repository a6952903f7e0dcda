/** The mail door of an inbox: an SMTP server that takes whatever it is sent and asks for no password. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, type Duplex } from 'node:stream';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { largestMessage, messagesPerMinute, mostReceivers, notKept, tooLarge } from './limits.ts';
import { mailMessage, type NewMessage } from './message.ts';

/**
 * Hands every stream to the SMTP library. The library speaks to real sockets only, so the streams are bridged over a
 * socket in a folder that nobody else may enter.
 */
export async function openMailDoor(
  keep: (message: NewMessage) => 'kept' | 'too many',
  signal: AbortSignal,
): Promise<(stream: Duplex) => void> {
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  const path = join(folder, 'smtp');
  const server = mailServer(keep);
  server.on('error', () => {}); // a sender that hangs up in the middle of a sentence is no event
  server.listen(path);
  await once(server.server, 'listening');
  signal.addEventListener('abort', () => server.close(() => void rm(folder, { recursive: true, force: true })), {
    once: true,
  });
  return (stream) => {
    const socket = connect(path);
    pipeline(stream, socket, stream, () => {});
  };
}

const mailServer = (keep: (message: NewMessage) => 'kept' | 'too many') =>
  new SMTPServer({
    banner: 'inbox of the lab',
    logger: false,
    // No encryption: the lab has no certificate authority, and lessons say what to set (and never to set it elsewhere).
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMessage,
    maxClients: 8,
    socketTimeout: 20_000,
    closeTimeout: 100,
    onRcptTo(_address, session, done) {
      if (session.envelope.rcptTo.length < mostReceivers) done();
      else done(refusal(452, `The inbox takes mail for at most ${mostReceivers} receivers at once.`));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, tooLarge));
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((to) => to.address) };
        mailMessage(Buffer.concat(chunks).toString('utf8'), envelope)
          .then((message) =>
            keep(message) === 'kept'
              ? done(null, 'kept')
              : done(refusal(452, `The inbox takes no more than ${messagesPerMinute} messages a minute.`)),
          )
          .catch(() => done(refusal(451, notKept)));
      });
    },
  });

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
