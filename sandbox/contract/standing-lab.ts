import { afterAll, beforeAll } from 'vitest';
import type { Lab, SandboxDriver } from '../driver.ts';
import type { HostName, Topology } from '../topologies.ts';

/** How long a busy machine may take for what is a matter of milliseconds on an idle one. */
export const patience = { timeout: 20_000, interval: 50 };

/** Two small hosts: enough to keep most promises with. */
export const pair: Topology = {
  id: 'pair',
  hosts: [host('redis-1', []), host('outside', ['inbox'])],
};

function host(name: HostName, aliases: readonly string[]): Topology['hosts'][number] {
  return { name, image: 'full', memory: 128, aliases, terminals: true };
}

/** A lab for all tests of a group. */
export function standingLab(makeDriver: () => Promise<SandboxDriver>, id: string): { lab: () => Lab } {
  let lab: Lab | undefined;
  let driver: SandboxDriver | undefined;
  beforeAll(async () => {
    driver = await makeDriver();
    lab = await driver.create(id, pair);
  });
  afterAll(async () => driver?.remove(id));
  return {
    lab: () => {
      if (lab === undefined) throw new Error(`The lab ${id} was not made.`);
      return lab;
    },
  };
}

/** How many processes on the host have a command line that matches. */
export async function processes(lab: Lab, on: HostName, pattern: RegExp): Promise<number> {
  const { stdout } = await lab.run(on, ['ps', '-eo', 'args=']);
  return stdout.split('\n').filter((command) => pattern.test(command)).length;
}
