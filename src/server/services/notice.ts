/** A plain page on a service origin that says why there is nothing else to see. */
import type { ServerResponse } from 'node:http';
import { noticePage } from '../http/notice-page.ts';
import { guard } from './headers.ts';

export function notice(response: ServerResponse, status: number, text: string, course: string): void {
  response
    .writeHead(status, { ...guard(course), 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(noticePage(text));
}
