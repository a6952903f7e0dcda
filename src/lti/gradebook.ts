/** Sends scores to one platform: an access token by the course's own signature, kept while it is good, then the score. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Channel } from '../outbox/outbox.ts';
import { NotNow, post } from '../outbox/post.ts';
import { scoreScope } from './claims.ts';
import type { ToolKey } from './keys.ts';
import type { Platform } from './platforms.ts';
import { scoreOf, scoresAddress } from './score.ts';

const parcelBody = z.object({ lineItem: z.string(), subject: z.string(), given: z.number(), maximum: z.number() });
export type ScoreParcel = z.infer<typeof parcelBody>;

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.coerce.number().default(60) });
/** A token is not used in its last seconds: it must still be good when it arrives. */
const margin = 30;
/** How long the course's own assertion is good. Seconds. */
const assertionLife = 300;

export const gradebookName = ({ issuer, clientId }: Pick<Platform, 'issuer' | 'clientId'>): string =>
  `gradebook of ${issuer} (${clientId})`;

export function gradebook(platform: Platform, key: ToolKey, now: () => Date): Channel {
  let known: { readonly token: string; readonly until: number } | undefined;

  const token = async (signal: AbortSignal): Promise<string> => {
    const seconds = Math.floor(now().getTime() / 1000);
    if (known && known.until > seconds) return known.token;
    const assertion = await key.sign({
      iss: platform.clientId,
      sub: platform.clientId,
      aud: platform.tokenAudience ?? platform.tokenEndpoint,
      iat: seconds,
      exp: seconds + assertionLife,
      jti: randomUUID(),
    });
    const answer = await post({
      url: platform.tokenEndpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        scope: scoreScope,
      }).toString(),
      signal,
      // A wrong setting at either end is mended by people: the score waits for them.
    }).catch((error: unknown) => {
      throw new Error(`no access token: ${error instanceof Error ? error.message : String(error)}`);
    });
    const { access_token, expires_in } = tokenAnswer.parse(JSON.parse(answer));
    known = { token: access_token, until: seconds + expires_in - margin };
    return access_token;
  };

  return {
    batch: 1,
    async send([parcel], signal) {
      const { lineItem, subject, given, maximum } = parcelBody.parse(parcel?.body);
      try {
        await post({
          url: scoresAddress(lineItem),
          headers: {
            authorization: `Bearer ${await token(signal)}`,
            'content-type': 'application/vnd.ims.lis.v1.score+json',
          },
          // Dated now, not when the step was met: only the newest score of a line item is ever sent.
          body: JSON.stringify(scoreOf(subject, given, maximum, now())),
          signal,
        });
      } catch (error) {
        if (error instanceof NotNow && error.status === 401) known = undefined;
        throw error;
      }
    },
  };
}
