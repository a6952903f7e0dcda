/** What every sandbox driver promises to the rest of the house. */
import { describe } from 'vitest';
import { commandPromises } from './contract/commands.ts';
import { connectionPromises } from './contract/connections.ts';
import { faultPromises } from './contract/faults.ts';
import { labPromises } from './contract/labs.ts';
import { terminalPromises } from './contract/terminals.ts';
import type { SandboxDriver } from './driver.ts';

/** `makeDriver` gives a new driver object on the same labs each time, as a restarted server would have. */
export function driverContract(makeDriver: () => Promise<SandboxDriver>): void {
  describe('labs', () => labPromises(makeDriver));
  describe('commands', () => commandPromises(makeDriver));
  describe('connections', () => connectionPromises(makeDriver));
  describe('terminals', () => terminalPromises(makeDriver));
  describe('faults', () => faultPromises(makeDriver));
}
