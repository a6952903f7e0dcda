import { expect, test } from 'vitest';
import { readConfig } from './redis-config.ts';

const files: Readonly<Record<string, string>> = {
  '/etc/redis/redis.conf': 'port 6379\ninclude /etc/redis/role.conf\nappendonly no',
  '/etc/redis/role.conf': 'replicaof redis-1 6379\ninclude /etc/redis/role.conf',
};
const probe = { readFile: async (_host: string, path: string) => files[path] };

test('what is included stands in its place, and a circle ends', async () => {
  const lines = (await readConfig(probe, 'redis-2')).split('\n');
  expect(lines.slice(0, 2)).toEqual(['port 6379', 'replicaof redis-1 6379']);
  expect(lines.at(-1)).toBe('appendonly no');
});

test('a file that is not there is empty', async () => {
  expect(await readConfig(probe, 'redis-2', '/nowhere')).toBe('');
});
