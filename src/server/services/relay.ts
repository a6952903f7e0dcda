/** Carries one request to a service inside a lab and its answer back. Nothing is published: the way in is the driver's. */
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { HostDown, PortRefused, type Lab } from '#sandbox/driver.ts';
import { towardsBrowser, towardsLab } from './headers.ts';
import type { Service } from './known.ts';
import { notice } from './notice.ts';

/** Milliseconds without a byte after which an answer is given up. */
const patience = 30_000;

export async function relay(
  parts: { readonly lab: Lab; readonly service: Service; readonly course: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { lab, service, course } = parts;
  const trouble = (status: number, text: string) =>
    response.headersSent ? response.destroy() : notice(response, status, text, course);
  const stream = await lab.dial(service.host, service.port).catch((error: unknown) => {
    if (error instanceof PortRefused)
      trouble(
        502,
        `Nothing answers on port ${service.port} of ${service.host}: ${service.name} is not running there. Start it in a terminal and reload this page.`,
      );
    else if (error instanceof HostDown)
      trouble(502, `${service.host} is not running. Start it in the lab and reload this page.`);
    else trouble(502, `${service.name} could not be reached. Reload this page in a moment.`);
  });
  if (!stream) return;

  const authority = `${service.host}:${service.port}`;
  const inside = httpRequest({
    createConnection: () => stream as Socket, // a duplex is enough; only the type asks for a socket
    method: request.method,
    path: request.url,
    headers: { ...towardsLab(request.headers, authority), connection: 'close' },
  });
  const timer = setTimeout(() => inside.destroy(new Error('no answer')), patience);
  inside.on('error', () =>
    trouble(502, `${service.name} on ${service.host} broke off its answer. Reload this page in a moment.`),
  );
  inside.on('response', (answer) => {
    clearTimeout(timer);
    response.writeHead(answer.statusCode ?? 502, towardsBrowser(answer.headers, authority, course));
    pipeline(answer, response, () => stream.destroy());
  });
  response.on('close', () => {
    clearTimeout(timer);
    inside.destroy();
    stream.destroy();
  });
  pipeline(request, inside, () => {});
}
