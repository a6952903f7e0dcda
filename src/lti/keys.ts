/** The course's own key pair: signs what it asks of platforms; the public half is shown to everybody. */
import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';

export const algorithm = 'RS256';

export interface ToolKey {
  /** The public key as a key set, for `GET /lti/jwks.json`. */
  readonly keySet: { readonly keys: readonly JWK[] };
  sign(claims: JWTPayload): Promise<string>;
}

/** A new private key as one line of JSON, to be kept secret. */
export function newToolKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}

export async function toolKeyOf(secret: string): Promise<ToolKey> {
  const jwk = JSON.parse(secret) as JWK;
  const privateKey = await importJWK(jwk, algorithm);
  const { kty, n, e } = jwk;
  const kid = await calculateJwkThumbprint({ kty, n, e } as JWK);
  return {
    keySet: { keys: [{ kty, n, e, kid, alg: algorithm, use: 'sig' } as JWK] },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' }).sign(privateKey),
  };
}
