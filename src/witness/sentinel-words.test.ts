import { expect, test } from 'vitest';
import { readSentinelEvent, sayEvent } from './sentinel-words.ts';

const hosts: Record<string, string> = { '10.0.0.1': 'redis-1', '10.0.0.2': 'redis-2' };
const nameOf = (address: string) => hosts[address] ?? address;

test('a move of the master names both hosts', () => {
  expect(readSentinelEvent('+switch-master', 'orders 10.0.0.1 6379 10.0.0.2 6379', nameOf)).toMatchObject({
    master: 'orders',
    about: 'redis-1',
    to: 'redis-2',
  });
});

test('a master is its own master', () => {
  const event = readSentinelEvent('+odown', 'master orders 10.0.0.1 6379 #quorum 2/2', nameOf);
  expect(event).toMatchObject({ master: 'orders', about: 'redis-1', to: null });
  expect(sayEvent('redis-3', event)).toBe('The Sentinel on redis-3 and its quorum agree: the master redis-1 is down');
});

test('a replica names its master behind the @', () => {
  const message = 'slave 10.0.0.2:6379 10.0.0.2 6379 @ orders 10.0.0.1 6379';
  expect(readSentinelEvent('+sdown', message, nameOf)).toMatchObject({ master: 'orders', about: 'redis-2' });
});

test('an address of no host stays an address', () => {
  expect(readSentinelEvent('+sdown', 'master orders 127.0.0.1 6379', nameOf).about).toBe('127.0.0.1');
});

test('what names no instance is kept as it came', () => {
  expect(readSentinelEvent('+new-epoch', '4', nameOf)).toMatchObject({ about: null, detail: '4' });
});
