import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { joinTerminal } from './door.ts';
import { limits } from './limits.ts';
import { SharedTerminal } from './shared-terminal.ts';
import { FakePage, FakeShell } from './testing/fakes.ts';

let shells: FakeShell[];
/** Shells come when this resolves. */
let gate: Promise<void>;
let statuses: number[];
let terminal: SharedTerminal;
const shell = () => shells.at(-1) ?? expect.fail('no shell was opened');

beforeEach(async () => {
  shells = [];
  gate = Promise.resolve();
  statuses = [];
  terminal = new SharedTerminal(
    { id: 't1', host: 'redis-1', title: 'redis-1', size: { cols: 80, rows: 24 } },
    async () => {
      await gate;
      shells.push(new FakeShell());
      return shell();
    },
    {
      commandEnded: (status) => statuses.push(status),
      changed: () => {},
      failed: (_, error) => expect.fail(String(error)),
    },
  );
  await terminal.start();
});

function join(works = true): FakePage {
  const page = new FakePage();
  joinTerminal(page.socket, terminal, {
    works,
    mayType: () => works,
    used: () => {},
    failed: (_, error) => expect.fail(String(error)),
  });
  return page;
}

async function until(page: FakePage, isSo: () => boolean): Promise<void> {
  while (!isSo()) await once(page, 'sent', { signal: AbortSignal.timeout(5_000) });
}

async function joined(works = true): Promise<FakePage> {
  const page = join(works);
  await until(page, () => page.count('screen') > 0);
  return page;
}

describe('a shared terminal', () => {
  it('carries keys in and output out', async () => {
    const page = await joined();
    page.types('ls\r');
    shell().output.write('ls\r\nfile\r\n$ ');
    await until(page, () => page.text.endsWith('$ '));
    expect(shell().typed).toBe('ls\r');
    expect(page.text).toBe('ls\r\nfile\r\n$ ');
  });

  it('hands what was typed while the shell was being started to the shell', async () => {
    shell().exit(0);
    const page = await joined();
    await until(page, () => page.count('ended') > 0);
    const starting = terminal.start();
    terminal.type(Buffer.from('redis-cli PING\r'));
    await starting;
    expect(shell().typed).toBe('redis-cli PING\r');
  });

  it('shows one who comes later the same screen, and both what follows', async () => {
    const first = await joined();
    shell().output.write('hello');
    await until(first, () => first.text === 'hello');
    const second = await joined();
    await until(second, () => second.text === 'hello');
    shell().output.write(' world');
    await until(second, () => second.text.endsWith(' world'));
    expect(first.text).toBe('hello world');
    expect(first.closedWith).toBeUndefined();
  });

  it('loses nothing that comes while a screen is being taken', async () => {
    await joined();
    shell().output.write('a'.repeat(40_000));
    const page = join();
    shell().output.write('b'.repeat(40_000));
    shell().output.write('end');
    await until(page, () => page.text.endsWith('end'));
    expect(page.text.match(/b/g)?.length).toBe(40_000);
  });

  it('pauses the shell for a page that does not read, and goes on when it has', async () => {
    const page = await joined();
    for (let piece = 0; piece < 100; piece += 1) shell().output.write('x'.repeat(32 * 1024));
    await until(page, () => shell().output.isPaused());
    expect(page.received).toBeLessThan(limits.high + 3 * limits.batch);
    const before = page.received;
    page.says({ type: 'ack', bytes: page.received });
    await until(page, () => page.received > before);
  });

  it('on Ctrl-C drops the backlog and shows the screen, with a page that reads nothing', async () => {
    const page = await joined();
    for (let piece = 0; piece < 40; piece += 1) shell().output.write('y\r\n'.repeat(10_000));
    await until(page, () => shell().output.isPaused());
    const received = page.received;
    page.types('\x03');
    shell().output.write('^C\r\n\x1b]133;D;130\x07prompt$ ');
    await until(page, () => page.text.trimEnd().endsWith('prompt$'));
    expect(page.count('screen')).toBe(2);
    expect(page.received - received).toBeLessThan(20_000);
    expect(statuses).toEqual([130]);
  });

  it('does not let one who only looks on type, resize or slow the shell', async () => {
    const page = await joined();
    const onlooker = await joined(false);
    onlooker.types('rm -rf /\r');
    onlooker.says({ type: 'resize', cols: 10, rows: 5 });
    for (let piece = 0; piece < 60; piece += 1) {
      shell().output.write('x'.repeat(32 * 1024));
      await until(page, () => page.received >= (piece + 1) * 32 * 1024);
      page.says({ type: 'ack', bytes: 32 * 1024 });
    }
    expect(shell().typed).toBe('');
    expect(shell().sizes).toEqual([]);
    expect(onlooker.received).toBeLessThan(limits.high * 2 + 3 * limits.batch);
    onlooker.says({ type: 'ack', bytes: onlooker.received });
    await until(onlooker, () => onlooker.count('screen') === 2);
  });

  it('takes the size of the pane that was typed in last', async () => {
    const first = await joined();
    first.says({ type: 'resize', cols: 90, rows: 30 });
    const second = await joined();
    second.says({ type: 'resize', cols: 60, rows: 20 });
    expect(shell().sizes).toEqual([{ cols: 90, rows: 30 }]);
    second.types('x');
    expect(shell().sizes.at(-1)).toEqual({ cols: 60, rows: 20 });
    expect(first.messages.at(-1)).toEqual({ type: 'size', cols: 60, rows: 20 });
    second.emit('close');
    expect(shell().sizes.at(-1)).toEqual({ cols: 90, rows: 30 });
  });

  it('tells that the shell has ended, also one who comes later, and starts it again under what is there', async () => {
    const page = await joined();
    shell().output.write('bye');
    shell().exit(3);
    await until(page, () => page.count('ended') === 1);
    const later = join();
    await until(later, () => later.count('ended') === 1);
    expect(later.messages.at(-1)).toEqual({ type: 'ended', status: 3 });
    page.says({ type: 'start-again' });
    page.says({ type: 'start-again' });
    await until(page, () => page.count('screen') === 2);
    expect(shells).toHaveLength(2);
    expect(page.text).toContain('bye');
    expect(terminal.alive).toBe(true);
  });

  it.each(['no json', '{"type":"resize","cols":1e9,"rows":1}', '{"type":"quit"}', '[]'])(
    'closes with 1008 upon the malformed message %s',
    async (message) => {
      const page = await joined();
      page.says(message);
      expect(page.closedWith).toBe(1008);
      expect(terminal.viewers).toBe(0);
    },
  );

  it('closes with 1009 upon a message over the limit, and types nothing of it', async () => {
    const page = await joined();
    page.types('x'.repeat(limits.message + 1));
    expect(page.closedWith).toBe(1009);
    expect(shell().typed).toBe('');
  });

  it('ends the shell when it is closed', async () => {
    const page = await joined();
    await terminal.close();
    expect(shell().closed).toBe(true);
    expect(page.closedWith).toBe(1000);
  });

  it('leaves no shell that was being started again when it was closed', async () => {
    shell().exit(0);
    const page = await joined();
    await until(page, () => page.count('ended') > 0);
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const starting = terminal.start();
    await terminal.close();
    resolve();
    await starting;
    expect(shells.map(({ closed }) => closed)).toEqual([false, true]);
    expect(terminal.alive).toBe(false);
  });
});
