/** From a request to its route: names checked, session known, body bounded, every failure an answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { EngineUnreachable, NoRoom } from '#sandbox/driver.ts';
import type { Log } from '../log.ts';
import { sendProblem, sendReply } from './answer.ts';
import { readForm, readJson } from './body.ts';
import type { ClientAddress } from './client-address.ts';
import type { OriginRules } from './origin.ts';
import { HttpProblem, type Route, type RouteReply } from './route.ts';
import type { Router } from './router.ts';
import type { Sessions } from './session.ts';
import type { Fallback } from './static.ts';

export interface HandlerParts {
  readonly router: Router;
  readonly sessions: Sessions;
  readonly newLearner: () => string;
  readonly origins: OriginRules;
  readonly addressOf: ClientAddress;
  readonly secure: (response: ServerResponse) => void;
  /** Answers every GET that no route has: the pages. */
  readonly pages: Fallback;
  readonly log: Log;
  /** Milliseconds a route may take; the longest is a check with its drills. */
  readonly timeLimit: number;
}

/** New learners that one address may bring in a minute: a school comes by one, and a program must not fill the records. */
const newcomersPerMinute = 600;

export function requestHandler(parts: HandlerParts) {
  const newcomers = new RateLimiterMemory({ points: newcomersPerMinute, duration: 60 });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      parts.secure(response);
      if (!parts.origins.hostIsOurs(request)) {
        throw new HttpProblem(
          421,
          `This server does not answer as "${request.headers.host ?? ''}". Use the address that you were given; behind a proxy it is what the operator sets as PUBLIC_ORIGIN.`,
        );
      }
      await answer(parts, newcomers, request, response);
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status === 500) parts.log.error({ err: error, url: request.url }, 'a request failed');
      if (status === 413) response.setHeader('Connection', 'close');
      sendProblem(response, status, detail);
    }
  };
}

async function answer(
  parts: HandlerParts,
  newcomers: RateLimiterMemory,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const url = URL.parse(request.url ?? '/', 'http://clinic');
  if (!url) throw new HttpProblem(400, 'The address of the request cannot be read.');
  const found = parts.router.find(method, url.pathname);
  if ('allowed' in found) {
    const isRead = method === 'GET' || method === 'HEAD';
    if (found.allowed.length === 0 && isRead && !url.pathname.startsWith('/api/'))
      return parts.pages(request, response);
    if (found.allowed.length === 0 && isRead) throw new HttpProblem(404, `There is nothing at ${url.pathname}.`);
    response.setHeader('Allow', found.allowed.length > 0 ? found.allowed.join(', ') : 'GET, HEAD');
    throw new HttpProblem(405, `${url.pathname} does not answer ${method}.`);
  }
  const { route, params } = found;
  if (route.method !== 'GET' && route.from !== 'anywhere' && !parts.origins.pageIsOurs(request)) {
    throw new HttpProblem(
      403,
      `Changes come from the course's own pages, not from ${request.headers.origin ?? 'another site'}.`,
    );
  }
  const { learner, instructor } = await whoAsks(parts, newcomers, route, request, response);
  const reply = route.handle(
    {
      url,
      params,
      learner,
      instructor,
      address: parts.addressOf(request),
      json: (schema) => readJson(request, schema),
      form: (schema) => readForm(request, schema),
      raw: request,
    },
    response,
  );
  sendReply(response, await within(parts.timeLimit, reply));
}

async function whoAsks(
  parts: HandlerParts,
  newcomers: RateLimiterMemory,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const session = parts.sessions.of(request);
  if (route.who === 'instructor' && !session.instructor) {
    throw new HttpProblem(401, 'Only an instructor may do this: sign in at /instructor/ first.');
  }
  if (route.who !== 'learner' || session.learner)
    return { learner: session.learner ?? '', instructor: session.instructor };
  await newcomers.consume(parts.addressOf(request)).catch(() => {
    throw new HttpProblem(
      429,
      'Too many new learners came from this address. Wait a minute, then load the page again.',
    );
  });
  const { learner = '' } = parts.sessions.change(request, response, { learner: parts.newLearner() });
  return { learner, instructor: session.instructor };
}

async function within(milliseconds: number, reply: Promise<RouteReply> | RouteReply): Promise<RouteReply> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new HttpProblem(503, `This took longer than ${milliseconds / 1000} s; try again.`)),
    milliseconds,
  );
  try {
    return await Promise.race([reply, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown): { status: number; detail: string } {
  if (error instanceof HttpProblem) return { status: error.status, detail: error.message };
  if (error instanceof EngineUnreachable || error instanceof NoRoom) return { status: 503, detail: error.message };
  return { status: 500, detail: 'The server failed at this. What went wrong is in its log; try again.' };
}
