import { expect, test } from 'vitest';
import { said } from './testing/fake-lab.ts';
import { readConfig } from './redis-config.ts';

const files: Readonly<Record<string, string>> = {
  '/etc/redis/redis.conf': 'port 6379\ninclude /etc/redis/role.conf\nappendonly no',
  '/etc/redis/role.conf': 'replicaof redis-1 6379\ninclude /etc/redis/role.conf',
  '/etc/redis/own.conf': 'include "/etc/redis/conf.d/*.conf"',
  '/etc/redis/conf.d/1.conf': 'appendonly no',
  '/etc/redis/conf.d/2.conf': 'appendonly yes',
};
/** `cat -- <path>`, or the shell that is asked which files match a pattern. */
const machine = {
  run: async (_host: string, command: string | readonly string[]) => {
    const [tool, ...words] = command;
    const path = words.at(-1) ?? '';
    if (tool === 'cat') return said(files[path] ?? '');
    return said(
      Object.keys(files)
        .filter((name) => name.startsWith('/etc/redis/conf.d/'))
        .join('\n') + '\n',
    );
  },
};

test('what is included stands in its place, and a circle ends', async () => {
  const lines = (await readConfig(machine, 'redis-2')).split('\n');
  expect(lines.slice(0, 2)).toEqual(['port 6379', 'replicaof redis-1 6379']);
  expect(lines.at(-1)).toBe('appendonly no');
});

test('a pattern brings in every file that matches', async () => {
  expect(await readConfig(machine, 'redis-2', '/etc/redis/own.conf')).toBe('appendonly no\nappendonly yes');
});

test('a file that is not there is empty', async () => {
  expect(await readConfig(machine, 'redis-2', '/nowhere')).toBe('');
});
