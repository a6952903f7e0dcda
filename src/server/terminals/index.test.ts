import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostDown, type Lab } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import type { TerminalView } from '#shared/wire.ts';
import type { RouteRequest } from '../http/route.ts';
import { terminalRoom, type TerminalRoom } from './index.ts';
import { FakePage, FakeShell } from './testing/fakes.ts';

let shells: FakeShell[];
let labs: Record<string, Lab>;
let downHost: string;
let room: TerminalRoom;
const ended = vi.fn<(learner: string, host: string, status: number) => void>();

const labNamed = (id: string) =>
  ({
    id,
    topology: topologies.trio,
    run: async (host: string) => {
      if (host === downHost) throw new HostDown(host);
      return { code: 0, stdout: '', stderr: '', timedOut: false };
    },
    openTerminal: async (host: string) => {
      if (host === downHost) throw new HostDown(host);
      const shell = new FakeShell();
      shells.push(shell);
      return shell;
    },
  }) as unknown as Lab;

beforeEach(() => {
  ended.mockReset();
  shells = [];
  labs = { ann: labNamed('c-ann'), bob: labNamed('c-bob') };
  downHost = '';
  room = terminalRoom({
    labOf: (learner) => labs[learner],
    limits: { perLearner: 4, grace: 60_000 },
    onCommandEnded: ended,
    onChanged: () => {},
    onUsed: () => {},
    log: { warn: () => {} },
  });
});
afterEach(async () => {
  await room.close();
  vi.useRealTimers();
});

async function post(learner: string, host: string): Promise<TerminalView> {
  const route = room.routes.find(({ method }) => method === 'POST');
  const request = { learner, json: async (schema: { parse(body: unknown): unknown }) => schema.parse({ host }) };
  const reply = await route?.handle(request as unknown as RouteRequest, undefined as never);
  return (reply as { json: TerminalView }).json;
}

function enter(learner: string, id: string): FakePage {
  const page = new FakePage();
  const url = new URL(`http://course/terminal?id=${id}`);
  room.doors[0]?.open(page.socket, { url, learner, instructor: undefined });
  return page;
}

describe('the terminals room', () => {
  it('opens a shell on each of the learner’s hosts ahead, once', async () => {
    await Promise.all([room.warm('ann'), room.warm('ann')]);
    await room.warm('ann');

    expect(room.list('ann').map(({ title, alive }) => [title, alive])).toEqual([
      ['redis-1', true],
      ['redis-2', true],
      ['redis-3', true],
    ]);
  });

  it('leaves out a host that is down, says so to one who asks for it, and has it when it is back', async () => {
    downHost = 'redis-2';
    await room.warm('ann');
    expect(room.list('ann')).toHaveLength(2);
    await expect(post('ann', 'redis-2')).rejects.toThrow('redis-2 is down');
    downHost = '';
    expect(await post('ann', 'redis-2')).toMatchObject({ host: 'redis-2', alive: true });
  });

  it('refuses an unknown host, the platform’s own host, a learner without a lab, and one too many', async () => {
    await expect(post('ann', 'redis-9')).rejects.toThrow(
      "'redis-9' is no host of this lab; it has redis-1, redis-2, redis-3.",
    );
    await expect(post('ann', 'outside')).rejects.toThrow('is no host');
    await expect(post('eve', 'redis-1')).rejects.toThrow('You have no lab yet');
    for (let count = 0; count < 4; count += 1) await post('ann', 'redis-1');
    expect(
      room
        .list('ann')
        .map(({ title }) => title)
        .at(-1),
    ).toBe('redis-1 (4)');
    await expect(post('ann', 'redis-1')).rejects.toThrow('You have 4 terminals open');
  });

  it('shuts the door to an unknown id and to another learner’s', async () => {
    const { id } = await post('ann', 'redis-1');
    expect(enter('ann', 'nonsense').closedWith).toBe(4404);
    expect(enter('bob', id).closedWith).toBe(4404);
    expect(enter('ann', id).closedWith).toBeUndefined();
  });

  it('types in the host’s terminal and opens one where there is none', async () => {
    await room.type('ann', 'redis-1', 'a\r');
    await room.type('ann', 'redis-1', 'b\r');
    expect(shells.map(({ typed }) => typed)).toEqual(['a\rb\r']);
  });

  it('tells whose command ended where', async () => {
    await post('ann', 'redis-3');
    // The server's own screen reads the marks, at its own pace.
    const told = new Promise((resolve) => ended.mockImplementation((...what) => resolve(what)));
    shells[0]?.output.write('\x1b]133;D;1\x07done');
    expect(await told).toEqual(['ann', 'redis-3', 1]);
  });

  it('keeps shells while somebody looks at one of them, and for the grace time after', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await room.warm('ann');
    const page = enter('ann', room.list('ann')[0]?.id ?? '');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(room.list('ann')).toHaveLength(3);
    page.emit('close');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(room.list('ann')).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(room.list('ann')).toEqual([]);
    expect(shells.every(({ closed }) => closed)).toBe(true);
  });

  it('closes the shells of a lab that is replaced by another or ends', async () => {
    await post('ann', 'redis-1');
    labs['ann'] = labNamed('c-ann-2');
    await post('ann', 'redis-1');
    expect(shells.map(({ closed }) => closed)).toEqual([true, false]);
    await room.closeAll('c-ann-2');
    expect(shells[1]?.closed).toBe(true);
    expect(room.counts()).toEqual({ terminals: 0, viewers: 0 });
  });

  it('leaves no shell that was being opened when the lab ended', async () => {
    const warming = room.warm('ann');
    await Promise.resolve();
    await room.closeAll('c-ann');
    await warming;
    expect(shells.map(({ closed }) => closed)).toEqual([true, true, true]);
  });

  it('lets an instructor look on, and type only with the learner’s leave', async () => {
    const { id } = await post('ann', 'redis-1');
    const onlooker = new FakePage();
    let allowed = false;
    expect(room.look('ann', id, onlooker.socket, () => allowed)).toBe(true);
    expect(room.look('bob', id, onlooker.socket, () => allowed)).toBe(false);
    onlooker.types('boo');
    allowed = true;
    onlooker.types('help');
    expect(shells[0]?.typed).toBe('help');
  });
});
