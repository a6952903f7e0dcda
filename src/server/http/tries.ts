/** Bounds how often one address may try something that could be guessed, or that costs. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { HttpProblem, type RouteRequest } from './route.ts';

/** Throws a 429 for an address that has tried more often than so many times in a minute. */
export function boundedTries(perMinute: number): (request: Pick<RouteRequest, 'raw'>) => Promise<unknown> {
  const tries = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return ({ raw }) =>
    tries.consume(raw.socket.remoteAddress ?? '').catch(() => {
      throw new HttpProblem(429, 'Too many tries from this address. Wait a minute, then try again.');
    });
}
