/** Calls to the server's HTTP API. A refusal becomes an `ApiRefusal` whose message was written for the reader. */
import type { Problem } from '#shared/wire.ts';

export class ApiRefusal extends Error {
  override name = 'ApiRefusal';
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

interface Call {
  readonly body?: unknown;
  /** May be sent again when the network fails. True for GET, PUT and DELETE unless said otherwise. */
  readonly repeatable?: boolean;
}

/** Waits before the second, third and fourth try: a browser drops queued requests when the machine's networks change. */
const pauses = [150, 500, 1500];

/**
 * The page's first call, which brings a new visitor their session. The others wait for it: two at once would bring two,
 * and the page would speak as one learner and listen as another.
 */
let first: Promise<unknown> | undefined;

export async function api<Reply>(method: string, path: string, call: Call = {}): Promise<Reply> {
  if (first) {
    await first.catch(() => undefined);
    return insistently<Reply>(method, path, call);
  }
  const reply = insistently<Reply>(method, path, call);
  first = reply;
  return reply;
}

async function insistently<Reply>(method: string, path: string, call: Call): Promise<Reply> {
  const repeatable = call.repeatable ?? method !== 'POST';
  for (const pause of repeatable ? pauses : []) {
    try {
      return await once<Reply>(method, path, call.body);
    } catch (trouble) {
      if (trouble instanceof ApiRefusal) throw trouble;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return once<Reply>(method, path, call.body);
}

async function once<Reply>(method: string, path: string, body: unknown): Promise<Reply> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (response.status === 204) return undefined as Reply;
  if (response.ok) return (await response.json()) as Reply;
  throw new ApiRefusal(response.status, await detailOf(response));
}

async function detailOf(response: Response): Promise<string> {
  try {
    return ((await response.json()) as Problem).detail;
  } catch {
    return `The server answered ${response.status} to ${new URL(response.url).pathname}. Try again in a moment.`;
  }
}

/** What to tell the learner about a failed call. */
export function troubleText(trouble: unknown): string {
  if (trouble instanceof ApiRefusal) return trouble.message;
  return 'The server could not be reached. Is it still running? The page goes on by itself when it is back.';
}
