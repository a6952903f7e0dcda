/** Project step 6, 'Persistence test': AOF on all three servers, a hard crash, and nothing is lost. */
import { defineChecker, drill, met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Planting, Probe } from '#checking/probe.ts';
import { crashAfterWrite, judgeCrash } from './append-only/crash.ts';
import { seePersistence } from './append-only/evidence.ts';
import { judgeKept, judgeOn } from './append-only/judge.ts';
import { seeEnds } from './append-only/ends.ts';
import { afterCrashes, seeLives } from './append-only/lives.ts';
import { judgeOnDisk, writeAndFind } from './append-only/on-disk.ts';
import { countOrders, plantOrders } from './orders/orders.ts';
import type { Orders } from './orders/orders.ts';
import { saveSnapshot } from './orders/snapshot.ts';
import { exactly, judgeAnswers } from './questions.ts';
import { ofTrio, trio } from './trio/hosts.ts';
import type { TrioHost } from './trio/hosts.ts';
import { mastersOf, settledServers } from './trio/servers.ts';

type Baseline = { readonly orders: Orders; readonly master: TrioHost; readonly runId: string | null };

type Evidence = Awaited<ReturnType<typeof collect>>;

async function begin(planting: Planting): Promise<Baseline> {
  const servers = await settledServers(planting);
  const master = mastersOf(servers)[0] ?? 'redis-1';
  const orders = await plantOrders(planting, master, trio);
  await Promise.all(trio.map((host) => saveSnapshot(planting, host)));
  return { orders, master, runId: servers[master]?.runId ?? null };
}

async function collect(probe: Probe, { orders, master, runId }: Baseline) {
  const servers = await settledServers(probe);
  const now = servers[master]?.runId ?? null;
  return {
    master,
    /** Who takes the writes now: another may have been promoted since. */
    writesTo: mastersOf(servers)[0] ?? master,
    runId,
    now,
    orders: await ofTrio((host) => countOrders(probe, host, orders)),
    planted: orders.count,
    persistence: await ofTrio((host) => seePersistence(probe, host)),
    lives: await seeLives(probe, master),
    ...(await seeEnds(probe, master, now === runId ? null : now)),
    // The log's clock and ours may differ by a moment.
    since: probe.begunAt.getTime() - 1_000,
    answers: probe.answers,
  };
}

export const crash = defineChecker<Baseline, Evidence>({
  step: 'crash-recovery/crash',
  begin,
  collect,
  criteria: [
    {
      id: 'kept',
      asks: 'No data was lost on the way: every order that was there when you began is still there, on all three servers.',
      judge: ({ orders, planted }) => judgeKept(orders, planted),
    },
    {
      id: 'on',
      asks: 'AOF persistence is on, now and after a restart, on all three servers.',
      judge: ({ persistence }) => judgeOn(persistence),
    },
    {
      id: 'crashed',
      asks: 'You have crashed the master hard (no clean shutdown) after switching the AOF on, and started it again.',
      needs: ['on'],
      judge: judgeCrashed,
    },
    {
      id: 'questions',
      asks: 'You have answered both questions.',
      judge: ({ answers }) =>
        judgeAnswers(answers, [
          {
            id: 'clean-stop',
            about: 'the clean stop',
            isRight: exactly('saves'),
            because: 'Who is asked to end can save; a crash asks nobody.',
            mistakes: {
              'too-slow': 'how long it takes does not matter; what Redis does in that time does',
              replicas: 'it stops one service on one host, and the replicas go on',
            },
            lookAt: 'Read again what Redis does when it is asked to end with SIGTERM.',
          },
          {
            id: 'empty-master',
            about: 'the empty master',
            isRight: exactly('replicas-empty'),
            because: 'A replica becomes what its master is, also when that is nothing.',
            mistakes: {
              'replicas-keep':
                'they keep their copies only until they are connected again: then they ask their master for its history',
              promoted: 'the master is back before anybody holds it for down, so nobody promotes one',
            },
            lookAt:
              'Read again why the AOF must be on everywhere: what does a replica do when its master has another history?',
          },
        ]),
    },
    drill({
      id: 'on-disk',
      asks: 'The proof on disk: a key that the checker writes (and removes again) is to be found in the master’s append-only file.',
      act: (drilling, { writesTo }) => writeAndFind(drilling, writesTo),
      judge: judgeOnDisk,
    }),
    drill({
      id: 'power-cut',
      asks: 'The proof: the checker kills all three servers at once (as a power cut does) right after a write and starts them again; the write is there, read from the AOF.',
      act: (drilling, { writesTo }) => crashAfterWrite(drilling, writesTo, trio),
      judge: judgeCrash,
    }),
  ],
});

function judgeCrashed({ master, runId, now, lives, ends = [], witnessed, since }: Evidence): Finding {
  const crashIt = `On ${master}: sudo systemctl kill -s KILL redis, then sudo systemctl start redis.`;
  if (now === null) return unmet(`${master} does not answer.`, `On ${master}: sudo systemctl start redis.`);
  if (now === runId) return unmet(`${master} is still the same process as when you began.`, crashIt);
  const crashes = afterCrashes(lives, since, ends, witnessed);
  if (crashes.some((life) => life.loaded === 'append-only file'))
    return met(`${master} was killed, started again, and has read its data from the append-only file.`);
  const crash = crashes.at(-1);
  if (crash)
    return unmet(
      `${master} was killed and started again, but it read ${crash.loaded === 'nothing' ? 'no data' : 'its snapshot'}.`,
      `Switch the AOF on first, wait for the first file, then crash it again. ${crashIt}`,
    );
  const logged = !witnessed && lives.some((life) => life.startedAt >= since);
  if (!logged && !ends.some(({ goodbye }) => goodbye))
    return unmet(
      `Nobody heard how ${master} ended: at that moment its log said nothing.`,
      `Let it write a log (CONFIG GET logfile names the file), leave that as it is, and crash it once more. ${crashIt}`,
    );
  return unmet(
    `${master} was shut down cleanly: that is no crash.`,
    `A normal stop lets Redis finish its work and save. ${crashIt}`,
  );
}
