import { expect, test, vi } from 'vitest';
import type { SandboxDriver, Terminal } from '../driver.ts';
import { patience, processes, standingLab } from './standing-lab.ts';

const size = { cols: 91, rows: 23 };

export function terminalPromises(makeDriver: () => Promise<SandboxDriver>): void {
  const { lab } = standingLab(makeDriver, 'terminals');

  test('a login shell of the learner, of the size that was asked for, which can change', async () => {
    const screen = watched(await lab().openTerminal('redis-1', size));
    screen.type('echo $USER-$PWD; stty size\n');
    await screen.shows('learner-/home/learner', '23 91');
    await screen.terminal.resize({ cols: 120, rows: 40 });
    screen.type('stty size\n');
    await screen.shows('40 120');
    await screen.terminal.close();
  });

  test('the marks of shell integration tell where commands begin and how they end', async () => {
    const screen = watched(await lab().openTerminal('redis-1', size));
    await screen.shows('\u001B]133;A');
    screen.type('(exit 42)\n');
    await screen.shows('\u001B]133;C', '\u001B]133;D;42');
    await screen.terminal.close();
  });

  test('every key reaches the shell: Ctrl-P Ctrl-Q does not detach', async () => {
    const screen = watched(await lab().openTerminal('redis-1', size));
    screen.type('echo once-more\n');
    await screen.shows('\u0007once-more');
    screen.clear();
    screen.type('\u0010\u0011\n');
    await screen.shows('\u0007once-more');
    await screen.terminal.close();
  });

  test('a shell that ends tells its status; resizing or writing to it then does no harm', async () => {
    const screen = watched(await lab().openTerminal('redis-1', size));
    screen.type('exit 5\n');
    expect(await screen.terminal.ended).toBe(5);
    await screen.terminal.resize(size);
    screen.type('echo lost\n');
    await screen.terminal.close();
  });

  test('closing ends the shell and every child, in the background and under sudo too', async () => {
    const screen = watched(await lab().openTerminal('redis-1', size));
    screen.type('nohup sleep 4101 & (trap "" HUP; sleep 4102) & sudo sleep 4103\n');
    await vi.waitFor(async () => expect(await processes(lab(), 'redis-1', /^sleep 410/)).toBe(3), patience);
    await screen.terminal.close();
    await vi.waitFor(async () => expect(await processes(lab(), 'redis-1', /sleep 410/)).toBe(0), patience);
    expect(await processes(lab(), 'redis-1', /bash --login/)).toBe(0);
  });

  test('output that nobody reads holds the writer back and loses nothing', async () => {
    const terminal = await lab().openTerminal('redis-1', size);
    terminal.output.pause();
    const row = 'x'.repeat(100);
    terminal.write(Buffer.from(`for i in {1..40000}; do echo ${row}; echo $i > /tmp/at; done; exit\n`));
    const at = async () => Number((await lab().run('redis-1', 'cat /tmp/at')).stdout);
    // It has come to a stand when two looks find it at the same place.
    await vi.waitFor(async () => expect(await at()).toSatisfy((place: number) => place > 0), patience);
    await vi.waitFor(async () => expect(await at()).toBe(await at()), patience);
    expect(await at()).toBeLessThan(40_000);
    const screen = watched(terminal);
    terminal.output.resume();
    await terminal.ended;
    expect(screen.text().split(`${row}\r\n`).length - 1).toBe(40_000);
  });

  test('what is typed into a shell that does not read is bounded', async () => {
    const screen = watched(await lab().openTerminal('redis-1', size));
    screen.type('stty raw -echo; echo now; sleep 3; echo arrived:$(timeout --foreground 5 cat | wc -c)\n');
    await screen.shows('now\n');
    const typed = 64;
    for (let count = 0; count < typed; count += 1) screen.terminal.write(Buffer.alloc(256 * 1024, 'x'));
    await vi.waitFor(() => expect(screen.text()).toMatch(/arrived:\d+/), patience);
    const arrived = Number(/arrived:(\d+)/.exec(screen.text())?.[1]);
    expect(arrived).toBeGreaterThan(256 * 1024);
    expect(arrived).toBeLessThan((typed * 256 * 1024) / 2);
    await screen.terminal.close();
  });

  test('a host that goes down ends its shells, and closing them succeeds', async () => {
    const terminal = await lab().openTerminal('redis-1', size);
    terminal.output.resume();
    await lab().fault('host-down', 'redis-1');
    expect(await terminal.ended).not.toBe(0);
    await terminal.close();
    await lab().mend('host-down', 'redis-1');
  });
}

function watched(terminal: Terminal) {
  let seen = '';
  terminal.output.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  return {
    terminal,
    text: () => seen,
    clear: () => void (seen = ''),
    type: (keys: string) => terminal.write(Buffer.from(keys)),
    shows: (...texts: string[]) => vi.waitFor(() => texts.forEach((text) => expect(seen).toContain(text)), patience),
  };
}
