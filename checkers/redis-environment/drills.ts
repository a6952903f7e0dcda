/** The two proofs of the lesson: a key that travels, and a restart that changes nothing. */
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling } from '#checking/probe.ts';
import { ofTrio, othersThan, trio } from '../trio/hosts.ts';
import type { OfTrio } from '../trio/hosts.ts';
import { describe, followsWell, seeServers } from '../trio/servers.ts';
import type { Servers } from '../trio/servers.ts';
import { askFromNeighbour, complaintOf, isRefusal } from './reachable.ts';

export type Travel = {
  readonly written: string;
  /** Milliseconds until both replicas had the key; null when they did not get it. */
  readonly arrivedAfter: number | null;
  /** What the replicas said to a write of their own. */
  readonly refusals: readonly string[];
};

/** Writes a key on redis-1, looks for it on the replicas, and removes it again. */
export async function sendKey(drilling: Drilling): Promise<Travel> {
  const key = `clinic:${drilling.nonce}`;
  const value = `${Date.now()}`;
  const started = Date.now();
  const written = await drilling.redis('redis-1', ['SET', key, value, 'EX', 60]);
  const replicas = othersThan('redis-1');
  const arrived = await drilling.until(async () => {
    const copies = await Promise.all(replicas.map((host) => drilling.redis(host, ['GET', key])));
    return copies.every((copy) => copy.ok && copy.value === value) ? Date.now() - started : undefined;
  }, 5_000);
  const own = await Promise.all(replicas.map((host) => drilling.redis(host, ['SET', `${key}:own`, '1', 'EX', 5])));
  await drilling.redis('redis-1', ['DEL', key]);
  return {
    written: written.ok ? 'OK' : written.text,
    arrivedAfter: arrived ?? null,
    refusals: own.map((answer) => (answer.ok ? 'OK' : answer.text)),
  };
}

export function judgeTravel({ written, arrivedAfter, refusals }: Travel): Finding {
  if (written !== 'OK')
    return unmet(`redis-1 did not take the key: ${written}`, 'Look at its log: /var/log/redis/redis-server.log');
  if (arrivedAfter === null) {
    return unmet(
      'the key did not reach both replicas within 5 s',
      'Compare master_repl_offset in INFO replication on all three.',
    );
  }
  const writable = othersThan('redis-1').filter((_, index) => !refusals[index]?.startsWith('READONLY'));
  if (writable.length) {
    return unmet(
      `${writable.join(' and ')} took a write of its own`,
      'Leave replica-read-only at yes: what is written on a replica is lost.',
    );
  }
  return met(`the key was on both replicas after ${arrivedAfter} ms, and they refuse writes`);
}

export type Restart = {
  /** Milliseconds until all roles were as before; null when they did not come back. */
  readonly backAfter: number | null;
  readonly after: OfTrio<string>;
  /** Why redis-1 takes no replica, when it says so. Absent in older records. */
  readonly refusal?: string | null;
};

/** Restarts the service on all three hosts at once, and waits for the same roles for as long as they may come back. */
export async function restartAll(drilling: Drilling): Promise<Restart> {
  const before = await seeServers(drilling);
  drilling.say('Restarting Redis on all three hosts');
  const started = Date.now();
  await Promise.all(trio.map((host) => drilling.run(host, 'systemctl restart redis-server', { timeout: 20_000 })));
  drilling.say('Waiting until the roles are the same again');
  let servers = before;
  let reply = '';
  const over = await drilling.until(async () => {
    servers = await seeServers(drilling);
    if (!trio.every((host) => servers[host] && servers[host].runId !== before[host]?.runId)) return undefined;
    if (asAsked(servers) || otherRoles(servers)) return true;
    // All three answer on their own hosts: a master that refuses another host now goes on refusing.
    reply = await askFromNeighbour(drilling, 'redis-1');
    return isRefusal(reply) || undefined;
  }, 40_000);
  return {
    backAfter: over && asAsked(servers) ? Date.now() - started : null,
    after: await ofTrio(async (host) => describe(host, servers[host])),
    refusal: isRefusal(reply) ? (complaintOf('redis-1', reply) ?? null) : null,
  };
}

const asAsked = (servers: Servers): boolean =>
  servers['redis-1']?.role === 'master' &&
  servers['redis-1'].replicas === 2 &&
  othersThan('redis-1').every((host) => followsWell(servers[host], 'redis-1'));

/** Roles that no waiting makes right: a server takes its role from its file when it starts. */
const otherRoles = (servers: Servers): boolean =>
  servers['redis-1']?.role !== 'master' || othersThan('redis-1').some((host) => servers[host]?.follows !== 'redis-1');

export function judgeRestart({ backAfter, after, refusal }: Restart): Finding {
  if (backAfter !== null) return met(`all three restarted: the same roles after ${(backAfter / 1000).toFixed(1)} s`);
  return unmet(
    `after a restart of all three: ${[...trio.map((host) => after[host]), ...(refusal ? [refusal] : [])].join('; ')}`,
    'Something was only set at run time (CONFIG SET): write it into redis.conf, or run CONFIG REWRITE.',
  );
}
