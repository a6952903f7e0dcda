/** Do Sentinels and servers tell the same story? */
import { describe, followsWell } from '#checkers/trio/servers.ts';
import { othersThan, trio } from '#checkers/trio/hosts.ts';
import { met, unmet } from '#checking/define.ts';
import type { LookCriterion } from '#checking/define.ts';
import type { SentinelEvidence } from './evidence.ts';

export const agree: LookCriterion<SentinelEvidence> = {
  id: 'agree',
  needs: ['quorum'],
  asks: 'All three Sentinels name the same master; that server is one, and the two others replicate from it.',
  judge: ({ watchers, servers, master }) => {
    if (!master) {
      return unmet(
        `${trio.map((host) => `the Sentinel on ${host} says ${watchers[host]?.master}`).join(', ')}.`,
        'Just after a failover the others learn of it within a few seconds. Otherwise: do all three watch the same server?',
      );
    }
    const astray = trio.filter((host) =>
      host === master ? servers[host]?.role !== 'master' : !followsWell(servers[host], master),
    );
    if (astray.length === 0) return met(`Everybody says ${master}; ${othersThan(master).join(' and ')} follow it.`);
    return unmet(
      `The Sentinels say that ${master} is master, but ${astray.map((host) => describe(host, servers[host])).join('; ')}.`,
      astray.some((host) => !servers[host])
        ? 'Start the server that is down (sudo systemctl start redis): the Sentinels make it a replica, about 15 s later.'
        : 'Give the Sentinels about 15 s: they turn a server that came back into a replica.',
    );
  },
};
