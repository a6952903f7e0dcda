/** A POST to another system: bounded in time, no redirect followed, and its answer told apart into taken, not now, never. */
import { Refused } from './outbox.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Milliseconds that the other side may take. */
const patience = 15_000;
/** Answers of 4xx that may be another one later: the login can be renewed, a conflict passes, too early, too many. */
const later = new Set([401, 408, 409, 425, 429]);

/** The answer's text. Throws Refused when the other side will never take it, another error when it may later. */
export async function post({ url, headers, body, signal }: Post): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  const text = await response.text();
  if (response.ok) return text;
  const said = `${url} answered ${response.status}: ${text.slice(0, 300)}`;
  const never = response.status >= 400 && response.status < 500 && !later.has(response.status);
  throw never ? new Refused(said) : new NotNow(said, response.status);
}

/** The other side did not take it this time. */
export class NotNow extends Error {
  override name = 'NotNow';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
