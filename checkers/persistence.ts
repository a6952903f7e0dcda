/** Lesson 'Ensuring persistence': the append-only file is switched on without losing what is there. */
import { defineChecker, drill, met, unmet } from '#checking/define.ts';
import type { Planting, Probe } from '#checking/probe.ts';
import { crashAfterWrite, judgeCrash } from './append-only/crash.ts';
import { seePersistence } from './append-only/evidence.ts';
import { judgeKept, judgeOn } from './append-only/judge.ts';
import { judgeOnDisk, writeAndFind } from './append-only/on-disk.ts';
import { brokenPolicy, differsInFile } from './append-only/policy.ts';
import { growUntilRewritten, judgeRewrite } from './append-only/rewrite.ts';
import { countOrders, plantOrders } from './orders/orders.ts';
import type { Orders } from './orders/orders.ts';
import { saveSnapshot } from './orders/snapshot.ts';
import { exactly, judgeAnswers, wholeNumber } from './questions.ts';

const host = 'redis-1';

type Baseline = { readonly orders: Orders };
type Evidence = Awaited<ReturnType<typeof collect>>;

async function begin(planting: Planting): Promise<Baseline> {
  const orders = await plantOrders(planting, host, [host]);
  // With the orders in dump.rdb, a server that starts empty has visibly ignored its snapshot.
  await saveSnapshot(planting, host);
  return { orders };
}

async function collect(probe: Probe, { orders }: Baseline) {
  return {
    orders: await countOrders(probe, host, orders),
    planted: orders.count,
    persistence: await seePersistence(probe, host),
    answers: probe.answers,
  };
}

export const appendOnly = defineChecker<Baseline, Evidence>({
  step: 'persistence/append-only',
  begin,
  collect,
  criteria: [
    {
      id: 'kept',
      asks: 'No data was lost on the way: every order that was there when you began is still there.',
      judge: ({ orders, planted }) => judgeKept({ [host]: orders }, planted),
    },
    {
      id: 'on',
      asks: 'AOF persistence is on, now and after a restart.',
      judge: ({ persistence }) => judgeOn({ [host]: persistence }),
    },
    {
      id: 'policy',
      asks: 'The policy: at most one second of writes is at risk, and the AOF is rewritten when it has doubled and is larger than 1 MB.',
      needs: ['on'],
      judge: ({ persistence }) => {
        if (!persistence) return unmet(`${host} does not answer.`, 'sudo systemctl start redis');
        if (persistence.live.appendfsync === '')
          return unmet(
            `${host} does not answer CONFIG GET, by which the checks look.`,
            'Take out what forbids it (rename-command CONFIG, or the rights of the default user), and restart Redis.',
          );
        const wrong = [...brokenPolicy(persistence), ...differsInFile(persistence)];
        if (wrong.length === 0) return met('The policy is kept, now and after a restart.');
        return unmet(
          `${wrong.join('; ')}.`,
          'redis-cli CONFIG SET appendfsync everysec no-appendfsync-on-rewrite no auto-aof-rewrite-percentage 100 ' +
            'auto-aof-rewrite-min-size 1mb, then redis-cli CONFIG REWRITE.',
        );
      },
    },
    {
      id: 'questions',
      asks: 'You have answered both questions.',
      judge: ({ answers }) =>
        judgeAnswers(answers, [
          {
            id: 'copy',
            about: 'the keys of the copy',
            isRight: wholeNumber(0),
            mistakes: { '500': '500 is what the copy had at its first start, with appendonly no; asked is the second' },
            lookAt: 'Run the block about the copy again and read what DBSIZE says at its end.',
          },
          {
            id: 'everysec',
            about: 'what everysec may lose',
            isRight: exactly('second'),
            because: 'What was written since the last fsync is with the kernel only, and goes with the power.',
            mistakes: {
              nothing: 'a write is handed to the kernel at once, but reaches the disk with the next fsync',
              snapshot: 'that is the price without the AOF; with it Redis reads more than its last snapshot',
            },
            lookAt: 'Read again what is said of appendfsync: who keeps a write between write() and fsync()?',
          },
        ]),
    },
    drill({
      id: 'on-disk',
      asks: 'The proof on disk: a key that the checker writes (and removes again) is to be found in the append-only file.',
      act: (drilling) => writeAndFind(drilling, host),
      judge: judgeOnDisk,
    }),
    drill({
      id: 'rewrite',
      asks: 'The proof of the rewrite: the checker overwrites some keys of its own until the file has doubled; the server rewrites it by itself.',
      act: (drilling) => growUntilRewritten(drilling, host),
      judge: judgeRewrite,
    }),
    drill({
      id: 'crash',
      asks: 'The proof of the crash: the checker kills Redis with SIGKILL right after a write and starts it again; the write is there, read from the AOF.',
      act: (drilling) => crashAfterWrite(drilling, host, [host]),
      judge: judgeCrash,
    }),
  ],
});
