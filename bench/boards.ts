/** The board: how fast a class's changes reach it, and what a row costs in a class of 200. No machines are needed. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { BoardMessage } from '#shared/board.ts';
import { Browser } from '../src/server/testing/browser.ts';
import { instructorSecret, openTestClinic } from '../src/server/testing/test-clinic.ts';
import { milliseconds, repeat, timed, type Figure } from './figures.ts';

const hour = 3_600_000;

async function classOf(learners: number) {
  const clinic = await openTestClinic({ LAB_CAPACITY: String(learners) });
  const kim = new Browser(clinic.address);
  await kim.ask('POST', '/api/instructor/login', { name: 'Kim', secret: instructorSecret });
  const made = await kim.ask('POST', '/api/workshops', {
    title: 'Bench',
    lessons: ['quiz'],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + hour).toISOString(),
    seats: learners,
    openness: 'all',
  });
  const { id } = made.json as { id: string };
  const { code } = made.json as { code: string };
  const members = await repeat(learners, async (turn) => {
    const browser = new Browser(clinic.address);
    await browser.ask('POST', '/api/join', { code, name: `Learner ${turn}` });
    return { browser, learner: ((await browser.ask('GET', '/api/me')).json as { learner: string }).learner };
  });
  const board = new WebSocket(new URL(`/board?workshop=${id}`, clinic.address.replace(/^http/, 'ws')), {
    headers: { cookie: kim.cookie, origin: new URL(clinic.address).origin },
  });
  const [first] = (await once(board, 'message')) as [Buffer];
  return { clinic, board, members, first };
}

/** Everybody asks for help at once; milliseconds until each row has reached the board. */
async function wave({ board, members }: Awaited<ReturnType<typeof classOf>>): Promise<readonly number[]> {
  const begun = performance.now();
  const waiting = new Set(members.map(({ learner }) => learner));
  const times: number[] = [];
  const all = new Promise<void>((resolve) => {
    board.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as BoardMessage;
      if (message.type !== 'row' || !waiting.delete(message.row.learner)) return;
      times.push(performance.now() - begun);
      if (waiting.size === 0) resolve();
    });
  });
  await Promise.all(members.map(({ browser }) => browser.ask('POST', '/api/help', { text: 'stuck' })));
  await all;
  board.removeAllListeners('message');
  return times;
}

export async function* boards(): AsyncGenerator<Figure> {
  for (const size of [30, 200]) {
    const school = await classOf(size);
    const waves = (await repeat(5, () => wave(school))).flat();
    const health = new Browser(school.clinic.address);
    const asked = await repeat(5, () => timed(() => health.ask('GET', '/healthz')));
    yield {
      what: `${size} learners ask for help at once → rows on the board`,
      figure: milliseconds(waves),
      beside: 'aim: at most 500 ms for 30',
    };
    yield {
      what: `the whole board of ${size}`,
      figure: `${(school.first.length / 1000).toFixed(0)} kB`,
      beside: `the server answers /healthz after ${milliseconds(asked)}`,
    };
    school.board.close();
    await school.clinic.stop();
  }
}
