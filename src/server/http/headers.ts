/** Headers of every answer, and the page policy: scripts only from this server or of a known hash. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';

/** `frames`: origins that the pages may embed, beside their own. */
export function securityHeaders(pages: string, frames: readonly string[]): (response: ServerResponse) => void {
  const policy = [
    "default-src 'self'",
    `script-src 'self' ${inlineScriptHashes(pages).join(' ')}`.trimEnd(),
    // xterm and the code blocks of lessons style their elements one by one.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self' ws: wss:",
    `frame-src ${["'self'", ...frames].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return (response) => {
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  };
}

/** Astro inlines small scripts into the pages it builds. */
function inlineScriptHashes(pages: string): string[] {
  const hashes = new Set<string>();
  for (const page of globSync('**/*.html', { cwd: pages })) {
    const html = readFileSync(join(pages, page), 'utf8');
    for (const [, attributes, script] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
      if (!script || /\bsrc=|type="application\//i.test(attributes ?? '')) continue;
      hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
  }
  return [...hashes];
}
