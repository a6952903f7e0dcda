/** The environment, parsed once. Nothing else of the server reads `process.env`. */
import { settings, type Setting } from './settings.ts';

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
  return config;
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
