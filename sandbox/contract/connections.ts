import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SandboxDriver } from '../driver.ts';
import { HostDown, PortRefused } from '../driver.ts';
import { patience, processes, standingLab } from './standing-lab.ts';

export function connectionPromises(makeDriver: () => Promise<SandboxDriver>): void {
  const { lab } = standingLab(makeDriver, 'connections');

  test('a port is dialled as seen from inside its host', async () => {
    await lab().run('redis-1', 'systemctl start redis-server');
    const stream = await lab().dial('redis-1', 6379);
    stream.write('PING\r\n');
    expect(String((await once(stream, 'data'))[0])).toBe('+PONG\r\n');
    stream.destroy();
    const connected = () => lab().run('redis-1', ['redis-cli', 'INFO', 'clients']);
    await vi.waitFor(async () => expect((await connected()).stdout).toContain('connected_clients:1\r'), patience);
  });

  test('bytes arrive whole and in order both ways, and an end is passed on', async () => {
    await lab().run('redis-1', 'setsid socat TCP-LISTEN:7000,reuseaddr EXEC:cat </dev/null >/dev/null 2>&1 &');
    const stream = await vi.waitFor(() => lab().dial('redis-1', 7000), patience);
    const sent = Array.from({ length: 200_000 }, (_, index) => `line ${index}`).join('\n');
    stream.end(sent);
    expect((await text(stream)) === sent).toBe(true);
  });

  test('a silent port, a host that is down', async () => {
    await expect(lab().dial('redis-1', 7999)).rejects.toThrow(PortRefused);
    await lab().fault('host-down', 'redis-1');
    await expect(lab().dial('redis-1', 6379)).rejects.toThrow(HostDown);
    await lab().mend('host-down', 'redis-1');
  });

  test('a port is listened on inside a host, for many at once, and again after the host was replaced', async () => {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    lab().listen('outside', 2525, async (stream) => stream.end(`heard ${await text(stream)}`), stop.signal);
    const say = (word: string) =>
      lab().run('redis-1', `echo -n ${word} | socat -t5 - TCP:inbox:2525,retry=50,interval=0.1`);
    const answers = await Promise.all(['one', 'two', 'three', 'four'].map(say));
    expect(answers.map(({ stdout }) => stdout)).toEqual(['heard one', 'heard two', 'heard three', 'heard four']);
    await lab().replaceHost('outside');
    expect((await say('five')).stdout).toBe('heard five');
    stop.abort();
    await vi.waitFor(async () => expect(await processes(lab(), 'outside', /lab\/listen/)).toBe(0), patience);
  });
}
