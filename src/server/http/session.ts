/** Who asks. A session is a random cookie; the records know only its hash. */
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionRow, SessionStore } from '../../progress/learners.ts';

const cookieName = 'clinic';
const yearInSeconds = 365 * 24 * 3600;

export interface Sessions {
  of(request: IncomingMessage): SessionRow;
  /** Adds to the request's session (a learner who joined, an instructor who signed in) under a new cookie. */
  change(request: IncomingMessage, response: ServerResponse, change: Partial<SessionRow>): SessionRow;
  /** Ends the session everywhere it is known. */
  end(request: IncomingMessage, response: ServerResponse): void;
}

export function sessionsOver(store: SessionStore, secret: string, secure: boolean): Sessions {
  const hash = (token: string) => createHmac('sha256', secret).update(token).digest('base64url');
  const setCookie = (response: ServerResponse, token: string, age: number) =>
    response.appendHeader(
      'Set-Cookie',
      `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`,
    );
  const of = (request: IncomingMessage): SessionRow => {
    const token = tokenOf(request);
    return (token && store.find(hash(token))) || { learner: undefined, instructor: undefined };
  };
  return {
    of,
    change(request, response, change) {
      const session = { ...of(request), ...change };
      const old = tokenOf(request);
      // A new token with new rights: one that was planted before a sign-in is worth nothing after it.
      if (old) store.forget(hash(old));
      const token = randomBytes(32).toString('base64url');
      store.save(hash(token), session);
      setCookie(response, token, yearInSeconds);
      return session;
    },
    end(request, response) {
      const token = tokenOf(request);
      if (token) store.forget(hash(token));
      setCookie(response, '', 0);
    },
  };
}

const tokenOf = (request: IncomingMessage): string | undefined =>
  /(?:^|;\s*)clinic=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
