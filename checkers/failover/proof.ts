/** The drill that ends a failover by hand: a new write reaches all three, and the roles outlive a restart. */
import { randomBytes } from 'node:crypto';
import { othersThan, trio } from '#checkers/trio/hosts.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import { endProcess, startService } from '#checkers/trio/processes.ts';
import { describe, followsWell, seeServer } from '#checkers/trio/servers.ts';
import type { ServerSeen } from '#checkers/trio/servers.ts';
import { drill, met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling } from '#checking/probe.ts';
import type { FailoverEvidence } from './evidence.ts';

export type ProofSeen = {
  readonly master: TrioHost;
  /** What the master answered to the write, when it was not OK. */
  readonly refused: string | null;
  /** Hosts that did not have the new key some seconds later. */
  readonly without: readonly TrioHost[];
  /** Servers that did not come back in their role, as they were last seen. */
  readonly changed: readonly string[];
  readonly restarted: readonly TrioHost[];
};

export const proof = drill<FailoverEvidence, ProofSeen>({
  id: 'proof',
  asks: 'The proof: the checker writes a key, which reaches all three servers, and restarts both replicas, which come back in their roles.',
  act: (drilling, { master, before }) => prove(drilling, master ?? before.master),
  judge: judgeProof,
});

/** Writes one key to the master (it goes again by itself), then restarts the replicas one after the other. */
async function prove(drilling: Drilling, master: TrioHost): Promise<ProofSeen> {
  const restarted = othersThan(master);
  const written = await writeKey(drilling, master);
  if (written.refused !== null) return { master, refused: written.refused, without: [], changed: [], restarted };
  const without = await hostsWithout(drilling, written.key, written.value);
  const changed: string[] = [];
  for (const host of restarted) {
    drilling.say(`Restarting ${host}`);
    await endProcess(drilling, host, 'TERM');
    await startService(drilling, host);
    const after = await waitForRole(drilling, host, master);
    if (!followsWell(after, master)) changed.push(describe(host, after));
  }
  return { master, refused: null, without, changed, restarted };
}

function judgeProof({ master, refused, without, changed, restarted }: ProofSeen): Finding {
  if (refused !== null)
    return unmet(`${master} does not take writes: ${refused}`, 'Ask it with redis-cli INFO replication and SET a 1.');
  if (without.length > 0)
    return unmet(
      `A key written to ${master} did not reach ${without.join(' and ')}.`,
      `See the links on ${master}: redis-cli INFO replication.`,
    );
  if (changed.length > 0)
    return unmet(
      `After a restart ${changed.join('; ')}.`,
      'redis-cli CONFIG REWRITE on each server puts its role, and its masterauth where there is a password, into /etc/redis/redis.conf.',
    );
  return met(`A new key reached all three; ${restarted.join(', ')} came back in their roles after a restart.`);
}

async function writeKey(drilling: Drilling, master: TrioHost) {
  const key = `clinic:proof:${randomBytes(6).toString('hex')}`;
  const value = randomBytes(8).toString('hex');
  const answer = await drilling.redis(master, ['SET', key, value, 'EX', 120]);
  return { key, value, refused: answer.ok ? null : answer.text };
}

async function hostsWithout(drilling: Drilling, key: string, value: string): Promise<readonly TrioHost[]> {
  const look = async () => {
    const answers = await Promise.all(trio.map((host) => drilling.redis(host, ['GET', key])));
    return trio.filter((_, n) => !answers[n]?.ok || answers[n].value !== value);
  };
  const all = await drilling.until(async () => ((await look()).length === 0 ? true : undefined), 4_000);
  return all ? [] : look();
}

async function waitForRole(drilling: Drilling, host: TrioHost, master: TrioHost): Promise<ServerSeen | null> {
  const back = await drilling.until(async () => {
    const server = await seeServer(drilling, host);
    return followsWell(server, master) ? server : undefined;
  }, 20_000);
  return back ?? seeServer(drilling, host);
}
