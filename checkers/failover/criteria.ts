/** The criteria that every failover by hand has: with Sentinels on the hosts or without. */
import { missingOrders } from '#checkers/orders/orders.ts';
import { wrongFiles } from '#checkers/trio/files.ts';
import { othersThan, trio } from '#checkers/trio/hosts.ts';
import { describe, followsWell, mastersOf } from '#checkers/trio/servers.ts';
import { met, unmet } from '#checking/define.ts';
import type { Finding, LookCriterion } from '#checking/define.ts';
import type { FailoverEvidence } from './evidence.ts';

type FailoverCriterion = LookCriterion<FailoverEvidence>;

/** Milliseconds: the witness may notice two changes of one moment this far apart. */
const slack = 3_000;

export const down: FailoverCriterion = {
  id: 'down',
  asks: 'The old master really went down, and no other took writes before that.',
  judge: ({ before, servers, master, together = 0 }) => {
    const now = servers[before.master];
    if (now && now.runId === before.runIds[before.master])
      return unmet(
        `${before.master} is still the same process as when you began.`,
        `Stop it: sudo systemctl stop redis on ${before.master}.`,
      );
    if (together > slack && master !== before.master)
      return unmet(
        `${master} was made master while ${before.master} still was one: both took writes for ${(together / 1_000).toFixed(0)} s, ` +
          `and what ${before.master} took then is lost.`,
        'First the old master down, then the promotion. Reset the lab to the lesson’s start to try again.',
      );
    if (!now) return met(`${before.master} is down.`);
    return met(`${before.master} runs again as a new process (its run_id has changed).`);
  },
};

export const promoted: FailoverCriterion = {
  id: 'promoted',
  needs: ['down'],
  asks: 'Exactly one of the former replicas is master now, and it carries on the old master’s history.',
  judge: (evidence) => {
    const { before, servers, master } = evidence;
    if (!master) return judgeNoSingleMaster(evidence);
    if (master === before.master)
      return unmet(`${master} is still (or again) the master.`, 'Promote one of the two replicas instead.');
    const { replid, replid2, switchedAt } = servers[master] ?? {};
    if (replid2 === before.replid)
      return met(`${master} was promoted: it carries on the old master’s history, switched at offset ${switchedAt}.`);
    if (replid === before.replid || evidence.keptHistory)
      return met(`${master} was promoted and carries on the old master’s history.`);
    return unmet(
      `${master} is a master, but it does not carry on the old history: its master_replid2 is not the old master’s id.`,
      'Promote a running replica that was in step with the master, and do not wipe or rebuild it. ' +
        'Reset the lab to the lesson’s start to try again.',
    );
  },
};

function judgeNoSingleMaster({ servers }: FailoverEvidence): Finding {
  const masters = mastersOf(servers);
  if (masters.length > 1)
    return unmet(
      `Two masters take writes at once: ${masters.join(' and ')}.`,
      'Only one may. Point the others at it: REPLICAOF <new master> 6379.',
    );
  const inCircle = trio.every((host) => servers[host]?.role === 'replica');
  return unmet(
    `No server is master: ${trio.map((host) => describe(host, servers[host])).join('; ')}.`,
    inCircle
      ? 'They follow each other: the redis.conf of the promoted server still says replicaof.'
      : 'On the replica of your choice: redis-cli REPLICAOF NO ONE (or its old name, SLAVEOF NO ONE).',
  );
}

export const follow: FailoverCriterion = {
  id: 'follow',
  needs: ['promoted'],
  asks: 'The two other servers, the old master included, follow the new master with their links up.',
  judge: ({ before, servers, master }) => {
    if (!master) return unmet('There is no single master to follow.', 'Promote exactly one replica.');
    const astray = othersThan(master).filter((host) => !followsWell(servers[host], master));
    const [first] = astray;
    if (!first) return met(`${othersThan(master).join(' and ')} follow ${master}.`);
    return unmet(
      `${astray.map((host) => describe(host, servers[host])).join('; ')}.`,
      astray.includes(before.master)
        ? `Bring ${before.master} back as a replica: write replicaof ${master} 6379 into its redis.conf, then start it.`
        : `On ${first}: redis-cli REPLICAOF ${master} 6379.`,
    );
  },
};

export const data: FailoverCriterion = {
  id: 'data',
  needs: ['follow'],
  asks: 'Nothing was lost: every order stored before the failure is on all three servers.',
  judge: ({ orders, planted }) => {
    const missing = missingOrders(orders, planted);
    if (missing.length === 0) return met(`All ${planted} orders are on all three.`);
    return unmet(
      `${missing.join('; ')}.`,
      'Compare the offsets of the replicas before you promote, and promote the one that is furthest. ' +
        'Reset the lab to the lesson’s start to try again.',
    );
  },
};

export const files: FailoverCriterion = {
  id: 'files',
  needs: ['follow'],
  asks: 'The new roles are in the configuration files.',
  judge: (evidence) => {
    if (!evidence.master) return unmet('There is no single master.', 'Promote exactly one replica.');
    const wrong = wrongFiles(evidence.files, evidence.master);
    if (wrong.length === 0) return met(`All three files agree: ${evidence.master} is the master.`);
    return unmet(
      `${wrong.join('; ')}.`,
      'redis-cli CONFIG REWRITE on each server writes its present role into its file: ' +
        'REPLICAOF alone changes only the running server.',
    );
  },
};
