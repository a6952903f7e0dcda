/** Every setting an operator may make: an environment variable, its default and its help, in one place. */
import { parseRange } from '#sandbox/subnets.ts';
import { isPrivate } from '../outbox/address.ts';
import { proxyList } from './http/client-address.ts';

export interface Setting<T> {
  readonly env: string;
  /** As the operator would write it; undefined when it has no default to write. */
  readonly default?: string;
  readonly help: string;
  /** Throws an Error that says what was expected. */
  readonly read: (text: string | undefined) => T;
}

export const settings = {
  port: setting('PORT', '4321', 'Port to listen on; 0 takes a free one.', wholeNumber(0, 65_535)),
  host: setting(
    'HOST',
    '127.0.0.1',
    'Address to listen on. Another than loopback needs SESSION_SECRET and INSTRUCTOR_SECRET.',
    text,
  ),
  publicOrigin: setting(
    'PUBLIC_ORIGIN',
    undefined,
    'The address that browsers use, when a proxy stands in front: https://clinic.example.org',
    optional(origin),
  ),
  trustedProxy: setting(
    'TRUSTED_PROXY',
    undefined,
    'The address of that proxy as this server sees it, or its network: 127.0.0.1, 10.0.0.0/8; several with commas. ' +
      'Limits by address then count whom it names in X-Forwarded-For. Without it nobody is believed that header.',
    optional(proxyList),
  ),
  dataDir: setting('DATA_DIR', './data', 'Folder of the records. One server uses it at a time.', text),
  pagesDir: setting(
    'PAGES_DIR',
    undefined,
    'Folder of the built pages. By default dist beside the program.',
    optional(text),
  ),
  sessionSecret: setting(
    'SESSION_SECRET',
    undefined,
    'Signs sessions, at least 16 characters. On loopback one is made and kept in the data folder.',
    optional(secret),
  ),
  instructorSecret: setting(
    'INSTRUCTOR_SECRET',
    undefined,
    'What an instructor signs in with, at least 16 characters. On loopback one is made and printed at the first start.',
    optional(secret),
  ),
  oidcIssuer: setting(
    'OIDC_ISSUER',
    undefined,
    'An OpenID Connect provider whose accounts may sign in as instructors: https://accounts.school.example/realms/staff',
    optional(privateAddress),
  ),
  oidcClientId: setting('OIDC_CLIENT_ID', undefined, 'The name of this installation at the provider.', optional(text)),
  oidcClientSecret: setting('OIDC_CLIENT_SECRET', undefined, 'The secret that belongs to it.', optional(text)),
  oidcInstructors: setting(
    'OIDC_INSTRUCTORS',
    undefined,
    'E-mail addresses of the accounts that are instructors, with commas between them.',
    optional(addresses),
  ),
  ltiPlatforms: setting(
    'LTI_PLATFORMS',
    undefined,
    'A JSON file with the course systems that may launch the course by LTI 1.3. Without it there is no LTI.',
    optional(text),
  ),
  xapiEndpoint: setting(
    'XAPI_ENDPOINT',
    undefined,
    'A learning record store that is told what learners do: https://lrs.example.org/xapi/. Without it nothing is told.',
    optional(privateAddress),
  ),
  xapiKey: setting('XAPI_KEY', undefined, 'The name of this installation at the record store.', optional(text)),
  xapiSecret: setting('XAPI_SECRET', undefined, 'The secret that belongs to it.', optional(text)),
  xapiNames: setting(
    'XAPI_NAMES',
    'no',
    'Whether the record store is told the names that members of workshops gave: no or yes.',
    oneOf('no', 'yes'),
  ),
  labIdleMinutes: setting(
    'LAB_IDLE_MINUTES',
    '120',
    'A lab that nobody has worked with for so long is ended.',
    wholeNumber(1, 100_000),
  ),
  labMaxMinutes: setting(
    'LAB_MAX_MINUTES',
    '480',
    'A lab is ended after so long, unless its learner extends it.',
    wholeNumber(1, 100_000),
  ),
  labCapacity: setting(
    'LAB_CAPACITY',
    undefined,
    'How many labs may run at once. By default as many as fit in three quarters of the memory.',
    optional(wholeNumber(1, 10_000)),
  ),
  labDisk: setting(
    'LAB_DISK',
    '2048',
    'MiB that a host of a lab may write to its disk. One that has written more is made anew.',
    wholeNumber(16, 1_000_000),
  ),
  warmLabs: setting(
    'WARM_LABS',
    '1',
    'How many spare labs are kept ready, so that a learner waits less.',
    wholeNumber(0, 100),
  ),
  labNetwork: setting('LAB_NETWORK', '10.213.0.0/16', 'Private addresses for the networks of labs, a /28 each.', range),
  serviceOrigin: setting(
    'SERVICE_ORIGIN',
    undefined,
    'Where pages from inside a lab (Prometheus, Grafana) open: https://*.labs.example.org. By default http://*.localhost.',
    optional(wildcardOrigin),
  ),
  labOwner: setting(
    'LAB_OWNER',
    undefined,
    'Marks the labs as those of a test run, so that the next run removes what a killed one left.',
    optional(text),
  ),
  socketsPerLearner: setting(
    'SOCKETS_PER_LEARNER',
    '32',
    'How many pages and terminals a learner may have open at once.',
    wholeNumber(2, 1_000),
  ),
  workshopKeepDays: setting(
    'WORKSHOP_KEEP_DAYS',
    '180',
    'Days after a workshop’s end that the data of its learners is kept. Then it is removed.',
    wholeNumber(1, 36_500),
  ),
  logLevel: setting(
    'LOG_LEVEL',
    'info',
    'How much is logged: silent, error, warn, info or debug.',
    oneOf('silent', 'error', 'warn', 'info', 'debug'),
  ),
} as const;

function setting<T>(env: string, initial: string | undefined, help: string, read: Setting<T>['read']): Setting<T> {
  return { env, ...(initial !== undefined && { default: initial }), help, read };
}

function optional<T>(read: Setting<T>['read']): Setting<T | undefined>['read'] {
  return (value) => (value === undefined ? undefined : read(value));
}

function text(value: string | undefined): string {
  if (!value) throw new Error('a value');
  return value;
}

function secret(value: string | undefined): string {
  if (!value || value.length < 16) throw new Error('at least 16 characters');
  return value;
}

function origin(value: string | undefined): string {
  const found = originOf(value);
  if (!found) throw new Error('an address without a path, such as https://clinic.example.org');
  return found;
}

function wildcardOrigin(value: string | undefined): string {
  const found = originOf(value);
  if (!found?.includes('//*.')) throw new Error('an address without a path, such as https://*.labs.example.org');
  return found;
}

/** Scheme, host and port; undefined where there is more: what a browser sends as its origin has no path. */
function originOf(value = ''): string | undefined {
  const url = URL.parse(value);
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` ? url.origin : undefined;
}

function range(value = ''): string {
  try {
    parseRange(value);
  } catch {
    throw new Error('a range of IPv4 addresses from /8 to /28, such as 10.213.0.0/16');
  }
  return value;
}

function privateAddress(value: string | undefined): string {
  if (!value || !isPrivate(value)) throw new Error('an https address (http only for this machine)');
  return value;
}

function addresses(value: string | undefined): readonly string[] {
  const listed = (value ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (listed.length === 0 || listed.some((one) => !one.includes('@')))
    throw new Error('addresses such as kim@school.example');
  return listed;
}

function wholeNumber(least: number, most: number) {
  return (value: string | undefined): number => {
    const number = Number(value);
    if (!value || !Number.isInteger(number) || number < least || number > most) {
      throw new Error(`a whole number from ${least} to ${most}`);
    }
    return number;
  };
}

function oneOf<const T extends string>(...allowed: readonly T[]) {
  return (value: string | undefined): T => {
    const found = allowed.find((word) => word === value);
    if (!found) throw new Error(`one of ${allowed.join(', ')}`);
    return found;
  };
}
