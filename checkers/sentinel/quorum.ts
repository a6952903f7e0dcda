/** Are there three Sentinels that know each other, and is their quorum right? */
import { isTrioHost, trio } from '#checkers/trio/hosts.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import { met, unmet } from '#checking/define.ts';
import type { LookCriterion } from '#checking/define.ts';
import type { SentinelEvidence } from './evidence.ts';
import { isOwnHost } from './watchers.ts';
import type { Servers } from '#checkers/trio/servers.ts';
import type { Watchers } from './watchers.ts';

export const quorum: LookCriterion<SentinelEvidence> = {
  id: 'quorum',
  asks:
    'Three Sentinels run, one per host, and each of them knows the same master, both replicas and the two other ' +
    'Sentinels; the quorum is 2.',
  judge: ({ watchers, servers }) => {
    const complaint =
      missing(watchers) ??
      lookingAtItself(watchers) ??
      wrongQuorum(watchers) ??
      watchingReplica(watchers, servers) ??
      strangers(watchers) ??
      blocked(watchers);
    if (complaint) return unmet(complaint.seen, complaint.tryThis);
    return met(`Three Sentinels watch ${watchers['redis-1']?.name} with a quorum of 2, and everybody knows everybody.`);
  },
};

type Complaint = { readonly seen: string; readonly tryThis: string } | undefined;

function missing(watchers: Watchers): Complaint {
  const silent = trio.filter((host) => !watchers[host]);
  if (silent.length === 0) return undefined;
  return {
    seen: `${silent.map((host) => `${host}: no Sentinel answers on port 26379`).join('; ')}.`,
    tryThis:
      'Start it there: sudo systemctl enable --now redis-sentinel. If it ends at once, its log in /var/log/redis tells ' +
      'why: a file that does not belong to the user redis, or a script that cannot be executed. If it runs, its file names ' +
      'another port.',
  };
}

function lookingAtItself(watchers: Watchers): Complaint {
  const blind = trio.filter((host) => isOwnHost(watchers[host]?.master ?? ''));
  if (blind.length === 0) return strays(watchers);
  return {
    seen: `${blind.map((host) => `${host}: its Sentinel watches ${watchers[host]?.master}, which is another server on every host`).join('; ')}.`,
    tryThis:
      'Write a name or an address that means the same server everywhere: sentinel monitor mymaster redis-1 6379 2, ' +
      'and for names also: sentinel resolve-hostnames yes.',
  };
}

/** They do harm: such an entry makes a master again of the server that came back as a replica. */
function strays(watchers: Watchers): Complaint {
  const found = trio.flatMap((host) => (watchers[host]?.strays ?? []).map((name) => ({ host, name })));
  const [first] = found;
  if (!first) return undefined;
  return {
    seen: `${found.map(({ host, name }) => `${host}: its Sentinel also watches ${name} at its own address (127.0.0.1)`).join('; ')}.`,
    tryThis: `Remove that entry on every host: redis-cli -p 26379 SENTINEL REMOVE ${first.name}.`,
  };
}

function wrongQuorum(watchers: Watchers): Complaint {
  const wrong = trio.filter((host) => watchers[host]?.quorum !== 2);
  if (wrong.length === 0) return undefined;
  return {
    seen: `${wrong.map((host) => `${host}: the quorum is ${watchers[host]?.quorum}, not 2`).join('; ')}.`,
    tryThis:
      'With three Sentinels the quorum is 2: one alone may err, and when a host is lost two are left to agree. ' +
      'redis-cli -p 26379 SENTINEL SET <master name> quorum 2 changes it on that host.',
  };
}

/** Told to watch a replica, a Sentinel finds no replicas there, and nobody else. */
function watchingReplica(watchers: Watchers, servers: Servers): Complaint {
  const wrong = trio.flatMap((host) => {
    const { master = '', replicas } = watchers[host] ?? {};
    const server = isTrioHost(master) ? servers[master] : null;
    return replicas === 0 && server?.role === 'replica' ? [{ host, master, follows: server.follows }] : [];
  });
  const [first] = wrong;
  if (!first) return undefined;
  return {
    seen: `${wrong.map(({ host, master, follows }) => `${host}: its Sentinel watches ${master}, which is a replica of ${follows}`).join('; ')}.`,
    tryThis:
      'A Sentinel is told the master, and finds the replicas by itself: stop it, write ' +
      `sentinel monitor mymaster ${first.follows} 6379 2 into its sentinel.conf, and start it.`,
  };
}

function strangers(watchers: Watchers): Complaint {
  const names = new Set(trio.map((host) => watchers[host]?.name));
  if (names.size > 1) {
    return {
      seen: `The Sentinels use different names for the master: ${[...names].join(', ')}.`,
      tryThis:
        'Sentinels of one group know each other by the name of what they watch: give it the same name everywhere.',
    };
  }
  const twins = trio.filter((host) =>
    trio.some((other) => other !== host && watchers[other]?.id === watchers[host]?.id),
  );
  if (twins.length > 0) {
    return {
      seen: `The Sentinels on ${twins.join(' and ')} carry the same id: a sentinel.conf was copied after its first start.`,
      tryThis: 'Stop the copies, delete the line "sentinel myid" from their sentinel.conf, and start them again.',
    };
  }
  const unsure = trio.flatMap((host) => unknownTo(host, watchers));
  if (unsure.length === 0) return undefined;
  const tooMany = trio.some((host) => (watchers[host]?.others ?? 0) > 2 || (watchers[host]?.replicas ?? 0) > 2);
  if (tooMany) {
    return {
      seen: `${unsure.join('; ')}.`,
      tryThis:
        'One of them is known twice, by a name and an address or by two addresses (SENTINEL REPLICAS and SENTINEL ' +
        'SENTINELS of your master’s name show them), and each counts. Use one kind everywhere, watch only this master, ' +
        'and let the Sentinel forget: SENTINEL RESET <master name> on that host.',
    };
  }
  return {
    seen: `${unsure.join('; ')}.`,
    tryThis:
      'They find each other through the master within some seconds of their start. If they do not: do all three watch ' +
      'the same master, and if it asks for a password, do they know it (sentinel auth-pass)?',
  };
}

function unknownTo(host: TrioHost, watchers: Watchers): readonly string[] {
  const { others = 0, replicas = 0 } = watchers[host] ?? {};
  return [
    ...(others === 2 ? [] : [`${host}: its Sentinel knows ${others} other Sentinels, not 2`]),
    ...(replicas === 2 ? [] : [`${host}: its Sentinel knows ${replicas} replicas, not 2`]),
  ];
}

function blocked(watchers: Watchers): Complaint {
  const [host] = trio.filter((at) => !watchers[at]?.quorumCheck.startsWith('OK'));
  if (!host) return undefined;
  return {
    seen: `SENTINEL CKQUORUM on ${host} says: ${watchers[host]?.quorumCheck}`,
    tryThis:
      'Does each Sentinel let the others in? From another host: redis-cli -h <host> -p 26379 PING. Refused: bind in its ' +
      'sentinel.conf; DENIED: protected-mode there; NOAUTH: they need sentinel sentinel-pass. ' +
      'The flags of the others: redis-cli -p 26379 SENTINEL SENTINELS <master name>.',
  };
}
