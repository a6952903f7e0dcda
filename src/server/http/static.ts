/** The built pages and their files. What has a hash in its name never changes; everything else is asked for again. */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import sirv from 'sirv';

/** Answers what no route has. */
export type Fallback = (request: IncomingMessage, response: ServerResponse) => void;

export interface Pages {
  /** Where the built pages are; undefined when they are made on request (for authors). */
  readonly folder: string | undefined;
  readonly serve: Fallback;
  /** Takes a WebSocket that belongs to the pages themselves; false for the others. */
  readonly upgrade?: (request: IncomingMessage, stream: Duplex, head: Buffer) => boolean;
}

/** There are no pages; the message says what to do. */
export class NoPages extends Error {
  override name = 'NoPages';
}

export function builtPages(folder: string): Pages {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new NoPages(`There are no built pages in ${folder}: start with "npm start", which builds them.`);
  }
  return { folder, serve: staticPages(folder) };
}

function staticPages(folder: string): Fallback {
  const serve = sirv(folder, {
    etag: true,
    gzip: true,
    setHeaders: (response, path) =>
      response.setHeader(
        'Cache-Control',
        path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  return (request, response) => serve(request, response, () => notFound(folder, response));
}

function notFound(folder: string, response: ServerResponse): void {
  response.statusCode = 404;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(page404(folder));
}

function page404(folder: string): string | Buffer {
  try {
    return readFileSync(join(folder, '404.html'));
  } catch {
    return '<!doctype html><title>Not found</title><p>There is no such page. <a href="/">To the course</a>';
  }
}
