import { spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { inQuietNetwork } from './quiet-network.ts';

const look = ['/bin/sh', '-c', 'echo "$QUIET_NETWORK"; tail -n +3 /proc/net/dev | cut -d: -f1'] as const;

test('the command sees a loopback and no other network, or is left as it is', () => {
  const [program, ...words] = inQuietNetwork(look);
  if (program === look[0]) expect(words).toEqual(look.slice(1));
  else expect(spawnSync(program, words, { encoding: 'utf8' }).stdout.split(/\s+/)).toEqual(['yes', 'lo', '']);
});

test('an engine that is reached over the network needs it', () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:2375');
  expect(inQuietNetwork(look)).toEqual(look);
  vi.unstubAllEnvs();
});
