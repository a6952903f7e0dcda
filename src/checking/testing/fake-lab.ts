/** For unit tests: a lab without machines, at the driver's seam. Whatever a test does not give fails when it is used. */
import type { Lab } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';

export function fakeLab(parts: Partial<Lab>): Lab {
  const unused = (): never => {
    throw new Error('this fake lab cannot do that');
  };
  return {
    id: 'fake',
    topology: topologies.trio,
    address: () => '192.0.2.1',
    run: unused,
    dial: unused,
    listen: unused,
    openTerminal: unused,
    fault: unused,
    mend: unused,
    replaceHost: unused,
    hostState: unused,
    changedPrograms: async () => [],
    ...parts,
  };
}

export const said = (stdout: string, code = 0) => ({ code, stdout, stderr: '', timedOut: false });
