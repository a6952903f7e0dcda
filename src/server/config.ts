/** The environment, parsed once. Nothing else of the server reads `process.env`. */
import { settings, type Setting } from './settings.ts';
import type { RecordStore } from '../xapi/record-store.ts';
import type { OpenIdSettings } from './workshops/openid.ts';

/** One field a setting, described by the help text beside it in `settings.ts`. */
export type Config = { readonly [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]['read']> };

/** A setting cannot be used; the message is for the operator, a line a setting. */
export class BadConfig extends Error {
  override name = 'BadConfig';
}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const wrong: string[] = [];
  const read = ([name, setting]: [string, Setting<unknown>]): [string, unknown] => {
    const given = environment[setting.env]?.trim() || undefined;
    try {
      return [name, setting.read(given ?? setting.default)];
    } catch (error) {
      // A secret's value is not repeated: this goes to a terminal or a log.
      const shown = setting.env.endsWith('_SECRET') ? 'has a value that is too short' : `is "${given}"`;
      wrong.push(`${setting.env} ${shown}; expected: ${error instanceof Error ? error.message : String(error)}.`);
      return [name, undefined];
    }
  };
  // Built from the keys of `settings`, so it has exactly Config's fields.
  const config = Object.fromEntries(Object.entries(settings).map(read)) as unknown as Config;
  if (wrong.length > 0) throw new BadConfig(wrong.join('\n'));
  if (!isLoopback(config.host) && !(config.sessionSecret && config.instructorSecret)) {
    throw new BadConfig(
      `HOST is ${config.host}, which others can reach: set SESSION_SECRET and INSTRUCTOR_SECRET ` +
        '(for example with `openssl rand -hex 24`), or leave HOST at 127.0.0.1.',
    );
  }
  const openId = [config.oidcIssuer, config.oidcClientId, config.oidcClientSecret, config.oidcInstructors];
  if (openId.some(Boolean) && !openId.every(Boolean)) {
    throw new BadConfig(
      'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_INSTRUCTORS belong together: set all or none.',
    );
  }
  const xapi = [config.xapiEndpoint, config.xapiKey, config.xapiSecret];
  if (xapi.some(Boolean) && !xapi.every(Boolean)) {
    throw new BadConfig('XAPI_ENDPOINT, XAPI_KEY and XAPI_SECRET belong together: set all or none.');
  }
  return config;
}

/** The account provider for instructors, where the settings name one. */
export function openIdOf(config: Config): OpenIdSettings | undefined {
  const {
    oidcIssuer: issuer,
    oidcClientId: clientId,
    oidcClientSecret: clientSecret,
    oidcInstructors: instructors,
  } = config;
  return issuer && clientId && clientSecret && instructors
    ? { issuer, clientId, clientSecret, instructors }
    : undefined;
}

/** The learning record store, where the settings name one. */
export function xapiOf(config: Config): RecordStore | undefined {
  const { xapiEndpoint: endpoint, xapiKey: key, xapiSecret: secret } = config;
  return endpoint && key && secret ? { endpoint, key, secret, names: config.xapiNames === 'yes' } : undefined;
}

export const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|::1|localhost)$/.test(host);

/** Every setting with its default, for `--help`. */
export function helpText(): string {
  return Object.values(settings)
    .map(
      ({ env, default: initial, help }: Setting<unknown>) => `  ${env}${initial ? ` (${initial})` : ''}\n      ${help}`,
    )
    .join('\n');
}
