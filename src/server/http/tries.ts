/** Bounds how often one address may try something that could be guessed, or that costs. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { HttpProblem, type RouteRequest } from './route.ts';

export interface Try {
  /** It was right: it does not count. */
  forgive(): Promise<void>;
}

/** Throws a 429 for an address that has tried more often than so many times in a minute. */
export function boundedTries(perMinute: number): (request: Pick<RouteRequest, 'address'>) => Promise<Try> {
  const tries = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async ({ address }) => {
    await tries.consume(address).catch(() => {
      throw new HttpProblem(429, 'Too many tries from this address. Wait a minute, then try again.');
    });
    return { forgive: async () => void (await tries.reward(address)) };
  };
}
