/** Which passwords a server's own configuration file on its host names, the likeliest first. */
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { directives } from './directives.ts';
import { readConfig } from './redis-config.ts';

export interface Login {
  /** Undefined: the default user. */
  readonly user: string | undefined;
  readonly password: string;
}

const sentinelPort = 26379;

export async function configuredLogins(lab: Lab, host: HostName, port: number): Promise<readonly Login[]> {
  const path = port === sentinelPort ? '/etc/redis/sentinel.conf' : '/etc/redis/redis.conf';
  const settings = directives(await readConfig(lab, host, path));
  const acl = settings.findLast((setting) => setting.name === 'aclfile')?.values[0];
  const users = [...settings, ...(acl ? directives(await readConfig(lab, host, acl)) : [])];
  return [
    ...settings.flatMap(({ name, values: [password] }) =>
      name === 'requirepass' && password ? [{ user: undefined, password }] : [],
    ),
    ...users.flatMap(({ name, values: [user, ...rules] }) =>
      name === 'user' && user && rules.includes('on') ? passwordsOf(user, rules) : [],
    ),
    // A password kept only as a hash cannot be read; trios use one password, and replicas must know it in the clear.
    ...settings.flatMap(({ name, values: [password] }) =>
      name === 'masterauth' && password ? [{ user: undefined, password }] : [],
    ),
  ];
}

function passwordsOf(user: string, rules: readonly string[]): readonly Login[] {
  return rules.filter((rule) => rule.startsWith('>')).map((rule) => ({ user, password: rule.slice(1) }));
}
