import { expect, test } from 'vitest';
import type { SandboxDriver } from '../driver.ts';
import { HostDown } from '../driver.ts';
import { processes, standingLab } from './standing-lab.ts';

export function commandPromises(makeDriver: () => Promise<SandboxDriver>): void {
  const { lab } = standingLab(makeDriver, 'commands');

  test('a script runs as root; its output, errors and status come back apart', async () => {
    const result = await lab().run('redis-1', 'whoami; echo trouble >&2; exit 7');
    expect(result).toEqual({ code: 7, stdout: 'root\n', stderr: 'trouble\n', timedOut: false });
  });

  test('a list of words is no script', async () => {
    expect((await lab().run('redis-1', ['echo', '$HOME; ls'])).stdout).toBe('$HOME; ls\n');
  });

  test('it runs as the user, with the input and the environment that were given', async () => {
    const { stdout } = await lab().run('redis-1', 'whoami; echo "$HOME $COLOUR"; cat', {
      user: 'learner',
      input: 'written in',
      env: { COLOUR: 'teal' },
    });
    expect(stdout).toBe('learner\n/home/learner teal\nwritten in');
  });

  test('what takes too long is killed on the host', async () => {
    const result = await lab().run('redis-1', 'echo begun; sleep 4711', { timeout: 1_000 });
    expect(result).toMatchObject({ stdout: 'begun\n', timedOut: true });
    expect(await processes(lab(), 'redis-1', /^sleep 4711/)).toBe(0);
  });

  test('programs that were changed on a host are known, and what was added to it is none', async () => {
    await lab().run(
      'redis-1',
      'mkdir -p /usr/local/bin && echo new > /usr/local/bin/cat; echo more >> /usr/bin/promtool',
    );
    expect(await lab().changedPrograms('redis-1')).toEqual(['/usr/bin/promtool']);
    expect(await lab().changedPrograms('outside')).toEqual([]);
    expect((await lab().run('redis-1', 'type -P cat')).stdout).toBe('/usr/bin/cat\n');
  });

  test('a caller that gives up is told its own reason', async () => {
    const reason = new Error('the learner has left');
    const caller = new AbortController();
    const running = lab().run('redis-1', 'sleep 5', { signal: caller.signal });
    caller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(lab().run('redis-1', 'true', { signal: caller.signal })).rejects.toBe(reason);
  });

  test('output is complete up to its limit', async () => {
    const { stdout } = await lab().run('redis-1', 'head -c 3000000 /dev/zero | tr "\\0" x');
    expect(stdout.length).toBe(3_000_000);
    const cut = await lab().run('redis-1', 'head -c 3000000 /dev/zero | tr "\\0" x', { maxOutput: 1000 });
    expect(cut).toMatchObject({ code: 0, stdout: 'x'.repeat(1000) });
  });

  test('lines are handed over whole, while the command runs', async () => {
    const lines: string[] = [];
    const running = new AbortController();
    const ended = lab().run('redis-1', 'echo one; printf "t"; sleep 0.1; echo wö; echo three; sleep 60', {
      onLine: (line) => lines.push(line) === 3 && running.abort(),
      signal: running.signal,
    });
    await expect(ended).rejects.toThrow('aborted');
    expect(lines).toEqual(['one', 'twö', 'three']);
    const long: string[] = [];
    await lab().run('redis-1', 'printf %0100d 0; echo; echo next', {
      maxOutput: 10,
      onLine: (line) => long.push(line),
    });
    expect(long).toEqual(['0'.repeat(10), 'next']);
  });

  test('a host that is down, paused or not there says so', async () => {
    await expect(lab().run('monitor', 'true')).rejects.toThrow(HostDown);
    for (const [kind, words] of [
      ['host-down', 'redis-1 is not running'],
      ['host-paused', 'redis-1 is paused'],
    ] as const) {
      await lab().fault(kind, 'redis-1');
      await expect(lab().run('redis-1', 'true')).rejects.toThrow(new HostDown(`${words}.`));
      await lab().mend(kind, 'redis-1');
    }
  });

  test('a host that goes down under a command ends it', async () => {
    const running = lab().run('redis-1', 'sleep 30');
    await lab().run('redis-1', 'until pgrep -x sleep; do :; done');
    await lab().fault('host-down', 'redis-1');
    expect((await running).code).not.toBe(0);
    await lab().mend('host-down', 'redis-1');
  });
}
