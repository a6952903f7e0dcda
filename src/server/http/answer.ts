/** Writes what a route replied, or the problem it threw, as the answer. */
import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Problem } from '#shared/wire.ts';
import type { RouteReply } from './route.ts';

export function sendReply(response: ServerResponse, reply: RouteReply): void {
  if ('taken' in reply) return;
  // What the API says is true now and for this learner: nothing of it is kept on the way.
  response.setHeader('Cache-Control', 'no-store');
  if (!('json' in reply) && !('text' in reply)) {
    response.writeHead(204).end();
    return;
  }
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  const body = 'json' in reply ? JSON.stringify(reply.json) : reply.text;
  response.setHeader('Content-Type', 'json' in reply ? 'application/json; charset=utf-8' : reply.contentType);
  response.writeHead(reply.status ?? 200).end(body);
}

export function sendProblem(response: ServerResponse, status: number, detail: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status).end(JSON.stringify(problem));
}
