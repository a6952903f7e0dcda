/** Whether a launch was signed by its platform, for this course, just now, and for this very login. */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { algorithm } from './keys.ts';
import type { Platform } from './platforms.ts';
import { Refusal } from './refusal.ts';

/** Clocks may differ by so much. Seconds. */
const tolerance = 30;
/** A launch is posted at once; an older one was kept by somebody. Seconds. */
const oldest = 600;

export type ReadIdToken = (token: string, platform: Platform, nonce: string) => Promise<JWTPayload>;

/** Keys are kept, and asked for again when a token names one that is not among them (at most once in 30 s). */
export function idTokenReader(): ReadIdToken {
  const keySets = new Map<string, JWTVerifyGetKey>();
  const keysOf = ({ jwksUrl }: Platform): JWTVerifyGetKey => {
    const keys = keySets.get(jwksUrl) ?? createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 30_000 });
    keySets.set(jwksUrl, keys);
    return keys;
  };
  return async (token, platform, nonce) => {
    try {
      const { payload } = await jwtVerify(token, keysOf(platform), {
        issuer: platform.issuer,
        audience: platform.clientId,
        algorithms: [algorithm],
        clockTolerance: tolerance,
        maxTokenAge: oldest,
        requiredClaims: ['exp', 'iat', 'nonce', 'sub'],
      });
      if (payload['nonce'] === nonce) return payload;
    } catch (error) {
      throw new Refusal(`The launch of "${platform.issuer}" is not to be trusted: ${why(error, platform)}`);
    }
    throw new Refusal(`The launch of "${platform.issuer}" answers another login than this one. Open the link again.`);
  };
}

function why(error: unknown, { jwksUrl }: Platform): string {
  if (error instanceof errors.JWTExpired) return 'it is too old. Open the link again.';
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return `${error.message}.`;
  const said = error instanceof Error ? error.message : String(error);
  return `the platform's keys cannot be had from ${jwksUrl} (${said}). Try again; the operator may look at jwksUrl.`;
}
