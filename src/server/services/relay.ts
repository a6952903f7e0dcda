/** Carries one request to a service inside a lab and its answer back. Nothing is published: the way in is the driver's. */
import { request as httpRequest, type Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { HostDown, PortRefused } from '#sandbox/driver.ts';
import { towardsBrowser, towardsLab } from './headers.ts';
import type { Service } from './known.ts';
import { notice } from './notice.ts';

/** Milliseconds without a byte after which an answer is given up. */
const patience = 30_000;

export interface RelayParts {
  readonly service: Service;
  readonly course: string;
  /** Makes the connections into the lab. */
  readonly agent: Agent;
}

export function relay(parts: RelayParts, request: IncomingMessage, response: ServerResponse): void {
  const { service, course, agent } = parts;
  const authority = `${service.host}:${service.port}`;
  const inside = httpRequest({
    agent,
    method: request.method,
    path: request.url,
    headers: towardsLab(request.headers, authority),
  });
  const timer = setTimeout(() => inside.destroy(new Error('no answer')), patience);
  inside.on('error', (error) => {
    if (response.headersSent || response.destroyed) response.destroy();
    else notice(response, 502, troubleWith(error, service), course);
  });
  inside.on('response', (answer) => {
    clearTimeout(timer);
    response.writeHead(answer.statusCode ?? 502, towardsBrowser(answer.headers, authority, course));
    pipeline(answer, response, () => {});
  });
  response.on('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) inside.destroy();
  });
  pipeline(request, inside, () => {});
}

function troubleWith(error: Error, { name, host, port }: Service): string {
  if (error instanceof PortRefused)
    return `Nothing answers on port ${port} of ${host}: ${name} is not running there. Start it in a terminal and reload this page.`;
  if (error instanceof HostDown) return `${host} is not running. Start it in the lab and reload this page.`;
  return `${name} on ${host} could not be reached, or broke off its answer. Reload this page in a moment.`;
}
