/** Lesson redis-environment: one master and two replicas, installed, reachable, and the same after a restart. */
import { defineChecker, drill, met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Probe } from '#checking/probe.ts';
import { exactly, judgeAnswers } from './questions.ts';
import { judgeRestart, judgeTravel, restartAll, sendKey } from './redis-environment/drills.ts';
import { askFromNeighbour, unreachable } from './redis-environment/reachable.ts';
import { lookRound } from './redis-environment/round.ts';
import { seeFiles, wrongFiles } from './trio/files.ts';
import type { FileRole } from './trio/files.ts';
import { ofTrio, othersThan, trio } from './trio/hosts.ts';
import type { OfTrio } from './trio/hosts.ts';
import { settledServers } from './trio/servers.ts';
import type { Servers } from './trio/servers.ts';
import type { ServiceSeen } from './trio/services.ts';

type Seen = {
  readonly services: OfTrio<ServiceSeen>;
  readonly replies: OfTrio<string>;
  readonly servers: Servers;
  readonly files: OfTrio<FileRole>;
  /** Bytes of recent writes that redis-1 keeps for a replica that was away. */
  readonly backlog: number | null;
  readonly answers: Readonly<Record<string, string>>;
};

function servers({ services, servers: answering }: Seen): Finding {
  const wrong = trio.flatMap((host) => {
    const { installed, pid, enabled, processes } = services[host];
    const server = answering[host];
    if (!installed) return [`${host}: Redis is not installed`];
    if (processes.length === 0) return [`${host}: no redis-server is running`];
    if (!server) return [`${host}: a redis-server runs, but nothing answers on port 6379`];
    if (server.pid !== pid) return [`${host}: Redis was started by hand (process ${server.pid}), not as the service`];
    const user = processes.find((process) => process.pid === pid)?.user;
    if (user !== 'redis') return [`${host}: redis-server runs as ${user ?? 'nobody known'}, not as redis`];
    if (processes.length > 1) return [`${host}: ${processes.length} redis-servers run on this one host`];
    return enabled ? [] : [`${host}: the service redis-server is not started with its host (disabled)`];
  });
  if (wrong.length === 0)
    return met('three servers, one on each host, each run by its service and started with its host');
  return unmet(
    wrong.join('; '),
    'On each host: sudo apt install redis-server, then sudo systemctl enable --now redis-server',
  );
}

function reachable({ replies }: Seen): Finding {
  const wrong = unreachable(replies);
  if (wrong.length === 0) return met('every host answers its neighbour');
  return unmet(
    wrong.join('; '),
    'In redis.conf, bind must name an address that the others can reach (bind 0.0.0.0). Without a password protected-mode must be no; with requirepass, the replicas need masterauth.',
  );
}

function roles({ servers: seen }: Seen): Finding {
  const wrong = othersThan('redis-1').flatMap((host) => {
    const server = seen[host];
    if (!server) return [`${host} does not answer`];
    if (server.role === 'master') return [`${host} says role:master, so it replicates nobody`];
    if (server.follows !== 'redis-1') return [`${host} follows ${server.follows}, not redis-1`];
    return server.linkUp ? [] : [`${host} follows redis-1, but its link is down`];
  });
  const first = seen['redis-1'];
  if (first?.role === 'replica') wrong.unshift(`redis-1 is a replica of ${first.follows}`);
  if (wrong.length === 0 && first?.replicas !== 2) wrong.push(`redis-1 counts ${first?.replicas ?? 0} replicas, not 2`);
  if (wrong.length === 0 && new Set(trio.map((host) => seen[host]?.replid)).size > 1) {
    wrong.push('the three do not share one replication id');
  }
  if (wrong.length === 0) return met('redis-1 is the master of redis-2 and redis-3, with both links up');
  return unmet(
    wrong.join('; '),
    'On each replica: replicaof redis-1 6379 in redis.conf; then look at INFO replication.',
  );
}

function files({ files: seen }: Seen): Finding {
  const wrong = wrongFiles(seen, 'redis-1');
  if (wrong.length === 0) return met('the files give the same roles');
  return unmet(
    wrong.join('; '),
    'REPLICAOF typed in redis-cli is gone after a restart. Write replicaof into /etc/redis/redis.conf, or run CONFIG REWRITE.',
  );
}

function backlog({ backlog: bytes, answers }: Seen): Finding {
  const given = (answers['backlog'] ?? '').replaceAll(/[\s.,]/g, '');
  const hint = 'On redis-1: redis-cli INFO replication, the field repl_backlog_size.';
  if (given === '') return unmet('no answer yet', hint);
  if (Number(given) === bytes) return met(`${bytes} bytes`);
  return unmet(`${given} bytes is not what redis-1 keeps`, hint);
}

function typedRole({ answers }: Seen): Finding {
  return judgeAnswers(answers, [
    {
      id: 'typed',
      about: 'the role that was only typed',
      isRight: exactly('master'),
      because: 'A role that is only typed ends with the process.',
      mistakes: {
        replica: 'REPLICAOF changes the running process, and nobody had it written down (CONFIG REWRITE)',
        refuses: 'Redis needs no role in its file: without replicaof it starts as well',
      },
      lookAt: 'What does a Redis know of its role when it starts? Only its files.',
    },
  ]);
}

/** A server that was started a moment ago is given the time until it answers. */
async function started(probe: Probe, services: OfTrio<ServiceSeen>): Promise<void> {
  const running = trio.filter((host) => services[host].pid !== null);
  await probe.until(async () => {
    const answers = await Promise.all(running.map((host) => probe.redis(host, ['PING'])));
    return answers.every((answer) => answer.ok || answer.why === 'password' || answer.why === 'error') || undefined;
  }, 5_000);
}

export const replicate = defineChecker<null, Seen>({
  step: 'redis-environment/replicate',
  async collect(probe) {
    const [{ services, replies: early }, fileRoles] = await Promise.all([lookRound(probe), seeFiles(probe)]);
    await started(probe, services);
    const settled = await settledServers(probe);
    const info = settled['redis-1'] && (await probe.info('redis-1'));
    // It may have been asked while it was starting: once more, now that it answers itself.
    const again = unreachable(early).length > 0 && trio.some((host) => settled[host] !== null);
    const replies = again ? await ofTrio((host) => askFromNeighbour(probe, host)) : early;
    const size = Number(info?.['repl_backlog_size']);
    return { services, replies, servers: settled, files: fileRoles, backlog: size || null, answers: probe.answers };
  },
  criteria: [
    {
      id: 'servers',
      asks: 'Redis is installed on redis-1, redis-2 and redis-3 and runs there as a service that starts with its host: one server a host.',
      judge: servers,
    },
    {
      id: 'reachable',
      asks: 'Each Redis answers the other hosts, not only its own localhost.',
      needs: ['servers'],
      judge: reachable,
    },
    {
      id: 'roles',
      asks: 'redis-1 is the master; redis-2 and redis-3 are its replicas, directly attached and with the link up.',
      needs: ['servers'],
      judge: roles,
    },
    { id: 'files', asks: 'The roles are in the configuration files.', needs: ['roles'], judge: files },
    {
      id: 'backlog',
      asks: 'You know how much redis-1 keeps for a replica that was away.',
      needs: ['roles'],
      judge: backlog,
    },
    { id: 'typed', asks: 'You know what becomes of a role that was only typed.', judge: typedRole },
    drill({
      id: 'arrives',
      asks: 'The proof: the checker writes a key on redis-1, finds it on both replicas, and removes it. The replicas refuse writes.',
      act: sendKey,
      judge: judgeTravel,
    }),
    drill({
      id: 'survives',
      asks: 'The proof: the checker restarts Redis on all three hosts at once; the roles are the same again.',
      act: restartAll,
      judge: judgeRestart,
    }),
  ],
});
