import { expect, test } from 'vitest';
import type { SandboxDriver } from '../driver.ts';
import { standingLab } from './standing-lab.ts';

export function faultPromises(makeDriver: () => Promise<SandboxDriver>): void {
  const { lab } = standingLab(makeDriver, 'faults');
  const reach = async (host: string) =>
    (await lab().run('outside', `ping -c1 -W1 ${host} >/dev/null && echo reached`)).stdout.trim() === 'reached';

  test('host-down is a power cut; mended, the host starts the services that are enabled', async () => {
    await lab().run('redis-1', 'systemctl enable --now redis-server; systemctl start redis-sentinel');
    await lab().fault('host-down', 'redis-1');
    await lab().fault('host-down', 'redis-1');
    expect(await lab().hostState('redis-1')).toBe('stopped');
    expect((await lab().run('outside', 'getent hosts redis-1')).stdout).toContain(lab().address('redis-1'));
    await lab().mend('host-down', 'redis-1');
    await lab().mend('host-down', 'redis-1');
    const { stdout } = await lab().run('redis-1', 'redis-cli ping; systemctl is-active redis-server redis-sentinel');
    expect(stdout).toBe('PONG\nactive\ninactive\n');
  });

  test('host-paused freezes a host, which then goes on where it was', async () => {
    await lab().fault('host-paused', 'redis-1');
    await lab().fault('host-paused', 'redis-1');
    expect(await lab().hostState('redis-1')).toBe('paused');
    expect(await reach('redis-1')).toBe(true);
    await lab().mend('host-paused', 'redis-1');
    await lab().mend('host-paused', 'redis-1');
    expect((await lab().run('redis-1', 'redis-cli ping')).stdout).toBe('PONG\n');
  });

  test('a power cut also ends a host that is paused', async () => {
    await lab().fault('host-paused', 'redis-1');
    await lab().fault('host-down', 'redis-1');
    expect(await lab().hostState('redis-1')).toBe('stopped');
    await lab().mend('host-down', 'redis-1');
    expect(await lab().hostState('redis-1')).toBe('running');
  });

  test('host-cut-off takes the network away, not the names, and gives the old address back', async () => {
    const names = async () => (await lab().run('redis-1', 'getent hosts outside inbox')).stdout;
    const before = await names();
    await lab().fault('host-cut-off', 'redis-1');
    await lab().fault('host-cut-off', 'redis-1');
    expect(await lab().hostState('redis-1')).toBe('running');
    expect(await reach('redis-1')).toBe(false);
    expect(await names()).toBe(before);
    await lab().mend('host-cut-off', 'redis-1');
    await lab().mend('host-cut-off', 'redis-1');
    expect(await reach('redis-1')).toBe(true);
    expect(await names()).toBe(before);
  });

  test('a replaced host is new, at its old address', async () => {
    await lab().run('redis-1', 'echo old > /etc/old; rm -rf /usr/bin');
    await lab().replaceHost('redis-1');
    expect((await lab().run('redis-1', 'ls /etc/old')).code).toBe(2);
    expect((await lab().run('redis-1', 'hostname -i')).stdout.trim()).toBe(lab().address('redis-1'));
    expect(await reach('redis-1')).toBe(true);
  });
}
