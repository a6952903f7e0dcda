/** Instructors come in with the secret that was printed at the first start. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { HttpProblem, type Route } from '../http/route.ts';
import { boundedTries } from '../http/tries.ts';
import type { WorkshopPorts } from './ports.ts';

const login = z.object({ name: z.string().trim().min(1).max(60), secret: z.string().max(200) });
const digest = (text: string) => createHash('sha256').update(text).digest();

export function loginRoutes(
  ports: WorkshopPorts,
  /** Whether a school's account may be used, too. */
  openId: boolean,
): readonly Route[] {
  /** Ten wrong ones a minute from one address: a secret cannot be guessed, a typo can be mended. */
  const bounded = boundedTries(10);
  return [
    {
      method: 'POST',
      path: '/api/instructor/login',
      who: 'anybody',
      async handle(request, response) {
        const tried = await bounded(request);
        const { name, secret } = await request.json(login);
        if (ports.instructorSecret === undefined || !timingSafeEqual(digest(secret), digest(ports.instructorSecret)))
          throw new HttpProblem(
            403,
            'That is not the instructor’s secret. It was printed when the server started first, and is INSTRUCTOR_SECRET where that is set.',
          );
        await tried.forgive();
        ports.sessions.signIn(request.raw, response, name);
        return { json: { name } };
      },
    },
    {
      method: 'DELETE',
      path: '/api/instructor/login',
      who: 'instructor',
      handle(request, response) {
        ports.sessions.signOut(request.raw, response);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/api/instructor',
      who: 'anybody',
      handle: (request) => ({ json: { name: request.instructor ?? null, openId } }),
    },
  ];
}
