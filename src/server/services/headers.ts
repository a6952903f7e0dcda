/** Which headers pass between a browser and a page inside a lab. What is not named here stays behind: cookies first of all. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

const inwards = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'content-length',
  'if-none-match',
  'if-modified-since',
  'range',
  'x-grafana-org-id',
] as const;
const outwards = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-range',
  'content-disposition',
  'cache-control',
  'etag',
  'last-modified',
  'vary',
] as const;

export const towardsLab = (headers: IncomingHttpHeaders, authority: string): OutgoingHttpHeaders => ({
  ...chosen(headers, inwards),
  host: authority,
});

export const towardsBrowser = (
  headers: IncomingHttpHeaders,
  authority: string,
  course: string,
): OutgoingHttpHeaders => ({
  ...chosen(headers, outwards),
  ...locationOf(headers.location, authority),
  ...guard(course),
});

/**
 * The page may run its own scripts on its own origin. It may not speak to any other origin, open or steer the course's
 * window, or be shown anywhere but in the course.
 */
export const guard = (course: string): OutgoingHttpHeaders => ({
  'content-security-policy': [
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
    "form-action 'self'",
    "base-uri 'self'",
    `frame-ancestors ${course}`,
    'sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-downloads',
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

function chosen(headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

/** A redirect stays on the service's own origin: only its path is kept. */
function locationOf(location: string | undefined, authority: string): OutgoingHttpHeaders {
  if (!location) return {};
  const base = `http://${authority}`;
  const target = URL.canParse(location, base) ? new URL(location, base) : undefined;
  if (!target || target.origin !== base) return {};
  return /^[a-z]+:|^\//i.test(location) ? { location: target.pathname + target.search + target.hash } : { location };
}
