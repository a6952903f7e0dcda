/** Sends statements to a learning record store (xAPI 1.0.3, several in one message). */
import { Refused, type Channel } from '../outbox/outbox.ts';
import { NotNow, post } from '../outbox/post.ts';

export interface RecordStore {
  /** The store's xAPI address; statements go to `statements` under it. */
  readonly endpoint: string;
  readonly key: string;
  readonly secret: string;
  /** Whether members of workshops are named. */
  readonly names: boolean;
}

export const recordStoreName = 'the record store (xAPI)';

export function recordStore({ endpoint, key, secret }: RecordStore): Channel {
  const url = new URL('statements', endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href;
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  return {
    batch: 50,
    async send(parcels, signal) {
      try {
        await post({
          url,
          headers: { authorization, 'content-type': 'application/json', 'x-experience-api-version': '1.0.3' },
          body: JSON.stringify(parcels.map(({ body }) => body)),
          signal,
        });
      } catch (error) {
        // The ids are ours: a conflict says that the store has them, and only its answer was lost.
        if (!(error instanceof NotNow && error.status === 409)) throw error;
        if (parcels.length > 1) throw new Refused('some of the statements are there already', { cause: error });
      }
    },
  };
}
