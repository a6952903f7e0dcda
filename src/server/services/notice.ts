/** A plain page on a service origin that says why there is nothing else to see. */
import type { ServerResponse } from 'node:http';
import { guard } from './headers.ts';

export function notice(response: ServerResponse, status: number, text: string, course: string): void {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>Redis Clinic</title><body style="font:1rem/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem">
<p>${text}</p></body></html>`;
  response
    .writeHead(status, { ...guard(course), 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(page);
}
