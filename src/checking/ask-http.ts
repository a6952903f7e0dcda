/** One HTTP request over an agent's kept connections, its answer read whole and bounded: what answers is the learner's. */
import { request, type Agent, type ClientRequest } from 'node:http';

export interface HttpQuestion {
  readonly agent: Agent;
  /** The Host header, "monitor:9090". */
  readonly authority: string;
  readonly path: string;
  readonly method?: string | undefined;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Bytes of the body beyond which the answer is given up. */
  readonly largest: number;
}

/** Rejects with the driver's errors, with those of `node:http` (AbortError when the signal ends it), and when the answer is larger than it may be. */
export async function askHttp(question: HttpQuestion): Promise<{ readonly status: number; readonly body: string }> {
  const first = sent(question);
  try {
    return await answerTo(first, question);
  } catch (error) {
    // A kept connection may have ended while the question was on its way (a restart of the service): asked once more.
    if (!first.reusedSocket || question.signal.aborted || !isLost(error)) throw error;
    return answerTo(sent(question), question);
  }
}

function sent({ agent, authority, path, method = 'GET', body, headers, signal }: HttpQuestion): ClientRequest {
  return request({ agent, path, method, headers: { host: authority, ...headers }, signal }).end(body);
}

function answerTo(asked: ClientRequest, { signal, largest }: HttpQuestion): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    // A request that still waits for its connection tells of its end only when that has come.
    signal.addEventListener('abort', () => reject(new DOMException('The wait was ended', 'AbortError')), {
      once: true,
    });
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) asked.destroy(new Error(`its answer has more than ${largest} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
  });
}

const isLost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
