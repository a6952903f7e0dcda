/** The web door of an inbox: webhooks of a chat, and what Sentinel's notification script sends. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { largestMessage, notKept, tooLarge } from './limits.ts';
import { chatMessage, sentinelMessage, type NewMessage } from './message.ts';

/** `POST /sentinel` is Sentinel's, any other POST is a chat message. The answer is what Slack answers, exactly: `ok`. */
export function openChatDoor(
  keep: (message: NewMessage) => 'kept' | 'too many',
  signal: AbortSignal,
): (stream: Duplex) => void {
  const server = createServer({ requestTimeout: 20_000 }, (request, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    if (request.method !== 'POST') return answer(405, 'This is the inbox of the lab. Send messages to it with POST.');
    body(request)
      .then((raw) => {
        if (raw === undefined) return answer(413, tooLarge);
        const path = (request.url ?? '/').split('?')[0] ?? '/';
        const message = path === '/sentinel' ? sentinelMessage(raw) : chatMessage(raw, path);
        return keep(message) === 'kept'
          ? answer(200, 'ok')
          : answer(429, 'The inbox takes no more messages this minute.');
      })
      .catch(() => answer(503, notKept));
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  signal.addEventListener('abort', () => server.closeAllConnections(), { once: true });
  return (stream) => void server.emit('connection', stream);
}

/** The whole body as text; undefined when it is larger than a message may be, or broke off. */
async function body(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size <= largestMessage) chunks.push(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  return size <= largestMessage ? Buffer.concat(chunks).toString('utf8') : undefined;
}
