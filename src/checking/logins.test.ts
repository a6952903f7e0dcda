import { expect, test } from 'vitest';
import { fakeLab, said } from './testing/fake-lab.ts';
import { configuredLogins } from './logins.ts';

const labWith = (files: Readonly<Record<string, string>>) =>
  fakeLab({ run: async (_host, command) => said(files[String(command.at(-1))] ?? '') });

test('a password, users that are on, an ACL file, and masterauth as the last resort', async () => {
  const lab = labWith({
    '/etc/redis/redis.conf': [
      'masterauth kept',
      'requirepass "s3 same"',
      'user old off >gone +@all',
      'user admin on >open ~* +@all',
      'aclfile /etc/redis/users.acl',
    ].join('\n'),
    '/etc/redis/users.acl': 'user default on #1234 >filed ~* +@all',
  });
  expect(await configuredLogins(lab, 'redis-1', 6379)).toEqual([
    { user: undefined, password: 's3 same' },
    { user: 'admin', password: 'open' },
    { user: 'default', password: 'filed' },
    { user: undefined, password: 'kept' },
  ]);
});

test('a password in a file that is included', async () => {
  const lab = labWith({
    '/etc/redis/redis.conf': 'include /etc/redis/secret.conf',
    '/etc/redis/secret.conf': 'requirepass kept',
  });
  expect(await configuredLogins(lab, 'redis-1', 6379)).toEqual([{ user: undefined, password: 'kept' }]);
});

test('a Sentinel has its own file', async () => {
  const lab = labWith({ '/etc/redis/sentinel.conf': 'requirepass watch' });
  expect(await configuredLogins(lab, 'redis-1', 26379)).toEqual([{ user: undefined, password: 'watch' }]);
  expect(await configuredLogins(lab, 'redis-1', 6379)).toEqual([]);
});
