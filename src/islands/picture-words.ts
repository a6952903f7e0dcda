/** The live picture in words: what a reader who cannot see the drawing must not miss, and the labels in the drawing. */
import type { HostPicture, RedisPicture } from '#shared/wire.ts';

/** 'redis-2: running. Replica of redis-1, link up, 0 B behind. 12 keys, 1.4 MiB used, 3 ops/s.' */
export function hostInWords({ host, state, redis, sentinel, services }: HostPicture): string {
  const parts = [`${host}: ${stateInWords(state)}.`];
  if (state !== 'running') return parts.join(' ');
  if (redis) parts.push(`${roleInWords(redis)}. ${numbersInWords(redis)}.`);
  else if (host.startsWith('redis')) parts.push('No Redis answers.');
  if (sentinel) parts.push(sentinelInWords(sentinel));
  const others = otherServices(services);
  if (others.length > 0) parts.push(`Also answers: ${others.join(', ')}.`);
  return parts.join(' ');
}

/** A Sentinel is told of by itself. */
export const otherServices = (services: readonly string[]): readonly string[] =>
  services.filter((name) => name !== 'sentinel');

const states: Readonly<Record<HostPicture['state'], string>> = {
  unseen: 'not looked at yet',
  running: 'running',
  paused: 'paused (frozen)',
  stopped: 'down',
  missing: 'gone',
};
export const stateInWords = (state: HostPicture['state']): string => states[state];

export function roleInWords(redis: RedisPicture): string {
  if (redis.role === 'master') return 'Master';
  const link = redis.linkUp ? 'link up' : 'link down';
  const behind = redis.lag === undefined ? '' : `, ${size(redis.lag)} behind`;
  return `Replica of ${redis.follows ?? 'an unknown server'}, ${link}${behind}`;
}

function numbersInWords({ keys, usedMemory, maxMemory, opsPerSecond, aof }: RedisPicture): string {
  const limit = maxMemory > 0 ? ` of ${size(maxMemory)}` : '';
  return `${keysInWords(keys)}, ${size(usedMemory)}${limit} used, ${opsPerSecond} ops/s${aof ? ', AOF on' : ''}`;
}

export const keysInWords = (keys: number): string => `${keys} ${keys === 1 ? 'key' : 'keys'}`;

export function sentinelInWords({ master, quorum, others }: NonNullable<HostPicture['sentinel']>): string {
  if (!master) return 'Its Sentinel watches nobody.';
  return `Its Sentinel watches ${master}, quorum ${quorum ?? 'unknown'}, and knows ${others} other Sentinels.`;
}

/** 1536 → '1.5 KiB' */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = bytes / 1024 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}
