import type { HostPicture, RedisPicture } from '#shared/wire.ts';
import { describe, expect, test } from 'vitest';
import { hostInWords, size } from './picture-words.ts';

const replica: RedisPicture = {
  role: 'replica',
  follows: 'redis-1',
  linkUp: true,
  lag: 0,
  usedMemory: 1_468_006,
  maxMemory: 67_108_864,
  opsPerSecond: 3,
  keys: 12,
  aof: true,
  runId: 'b7',
};
const host = (more: Partial<HostPicture>): HostPicture => ({
  host: 'redis-2',
  state: 'running',
  services: [],
  ...more,
});

describe('a host in words', () => {
  test('tells role, link, lag and load of a replica', () => {
    expect(hostInWords(host({ redis: replica }))).toBe(
      'redis-2: running. Replica of redis-1, link up, 0 B behind. 12 keys, 1.4 MiB of 64.0 MiB used, 3 ops/s, AOF on.',
    );
  });

  test('says that a link is down, and does not guess a lag it does not know', () => {
    const { lag: _, ...unknown } = replica;
    expect(hostInWords(host({ redis: { ...unknown, linkUp: false } }))).toContain('Replica of redis-1, link down. ');
  });

  test('says of a host that is down only that', () => {
    expect(hostInWords(host({ state: 'stopped', redis: replica }))).toBe('redis-2: down.');
  });

  test('tells what a Sentinel watches', () => {
    const sentinel = { master: 'redis-1', quorum: 2, others: 2 };
    expect(hostInWords(host({ sentinel }))).toBe(
      'redis-2: running. No Redis answers. Its Sentinel watches redis-1, quorum 2, and knows 2 other Sentinels.',
    );
  });

  test('does not miss a Redis on the monitor', () => {
    expect(hostInWords(host({ host: 'monitor', services: ['prometheus'] }))).toBe(
      'monitor: running. Also answers: prometheus.',
    );
  });
});

test('sizes are given in the unit that fits', () => {
  expect([0, 1023, 1024, 1_572_864, 104_857_600].map(size)).toEqual(['0 B', '1023 B', '1.0 KiB', '1.5 MiB', '100 MiB']);
});
