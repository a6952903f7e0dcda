/** The body of a request: JSON or a form of at most 64 KiB, held to a schema. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { HttpProblem } from './route.ts';

const limit = 64 * 1024;

export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpProblem(415, 'Send the body as JSON, with "Content-Type: application/json".');
  }
  return held(parse(await readText(request)), schema);
}

/** A form as a page of another site sends it. */
export async function readForm<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpProblem(415, 'Send the body as a form, with "Content-Type: application/x-www-form-urlencoded".');
  }
  return held(Object.fromEntries(new URLSearchParams(await readText(request))), schema);
}

/** What came in, as the schema has it; throws a 422 that names every wrong field. */
export function held<T>(given: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  throw new HttpProblem(422, `${issues.join('; ')}.`);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) throw new HttpProblem(413, `The body is larger than ${limit / 1024} KiB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new HttpProblem(400, `The body is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
