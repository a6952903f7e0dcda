/** Lesson redis-environment: one master and two replicas, installed, reachable, and the same after a restart. */
import { defineChecker, drill, met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Probe } from '#checking/probe.ts';
import { exactly, judgeAnswers } from './questions.ts';
import { judgeRestart, judgeTravel, restartAll, sendKey } from './redis-environment/drills.ts';
import { askFromNeighbour, unreachable } from './redis-environment/reachable.ts';
import { judgeRoles } from './redis-environment/roles.ts';
import { lookRound } from './redis-environment/round.ts';
import { judgeServing } from './redis-environment/serving.ts';
import { wholeIn } from './questions.ts';
import { seeFiles, wrongFiles } from './trio/files.ts';
import type { FileRole } from './trio/files.ts';
import { ofTrio, trio } from './trio/hosts.ts';
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

function reachable({ replies }: Seen): Finding {
  const wrong = unreachable(replies);
  if (wrong.length === 0) return met('every host answers its neighbour');
  return unmet(
    wrong.join('; '),
    'In redis.conf, bind must name an address that the others can reach (bind 0.0.0.0). Without a password protected-mode must be no; with requirepass, the replicas need masterauth. A changed file counts after sudo systemctl restart redis-server.',
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
  const given = (answers['backlog'] ?? '').trim();
  const hint = 'On redis-1: redis-cli INFO replication, the field repl_backlog_size.';
  if (given === '') return unmet('no answer yet', hint);
  if (wholeIn(given) === bytes) return met(`${bytes} bytes`);
  return unmet(`${given} is not the number of bytes that redis-1 keeps`, hint);
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
      judge: ({ services, servers, replies }) => judgeServing(services, servers, replies),
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
      judge: ({ servers, files: written }) => judgeRoles(servers, written),
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
