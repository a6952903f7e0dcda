/**
 * Machines that exist only by name, for tests of who holds which lab. Commands do nothing and succeed; those that can be
 * broken off run until they are.
 */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { PortRefused, type Lab, type LabSummary, type SandboxDriver, type Written } from '#sandbox/driver.ts';
import { topologies, type HostName, type Topology } from '#sandbox/topologies.ts';

export interface FakeDriver extends SandboxDriver {
  /** Ids of the labs that exist. */
  readonly labs: ReadonlyMap<string, Lab>;
  /** What the hosts have written. */
  disks: Written[];
  /** Creations wait until this resolves. */
  gate: Promise<void>;
  /** Stops every host of every lab, which breaks the events off. */
  stopEngine(): Promise<void>;
  /** The events come again. */
  startEngine(): void;
}

export function fakeDriver(): FakeDriver {
  const labs = new Map<string, Lab>();
  const watchers = new Set<() => void>();
  const driver: FakeDriver = {
    labs,
    disks: [],
    written: async () => driver.disks,
    gate: Promise.resolve(),
    async create(id, topology) {
      await driver.gate;
      const lab = fakeLab(id, topology);
      labs.set(id, lab);
      return lab;
    },
    find: async (id) => labs.get(id),
    remove: async (id) => void labs.delete(id),
    list: async () =>
      [...labs.values()].map(({ id, topology }): LabSummary => ({
        id,
        topology: topology.id,
        whole: true,
        createdAt: new Date(0),
      })),
    watch(_onEvent, signal, onResumed = () => undefined) {
      watchers.add(onResumed);
      signal.addEventListener('abort', () => watchers.delete(onResumed), { once: true });
    },
    async stopEngine() {
      for (const lab of labs.values()) for (const { name } of lab.topology.hosts) await lab.fault('host-down', name);
    },
    startEngine() {
      for (const onResumed of watchers) onResumed();
    },
    ping: async () => undefined,
  };
  return driver;
}

export function fakeLab(id: string, topology: Topology = topologies.single): Lab {
  const faulty = new Map<HostName, 'stopped' | 'paused'>();
  return {
    id,
    topology,
    address: (host) => `10.0.0.${topology.hosts.findIndex(({ name }) => name === host) + 2}`,
    async run(_host, _command, { signal } = {}) {
      if (signal && !signal.aborted) await once(signal, 'abort');
      return { code: 0, stdout: '', stderr: '', timedOut: false };
    },
    dial: async (host, port) => {
      throw new PortRefused(`nothing listens on port ${port} of ${host}`);
    },
    listen: () => undefined,
    async openTerminal() {
      const { promise, resolve } = Promise.withResolvers<number>();
      return {
        write: () => undefined,
        resize: async () => undefined,
        output: new PassThrough(),
        ended: promise,
        close: async () => resolve(0),
      };
    },
    async fault(kind, host) {
      if (kind !== 'host-cut-off') faulty.set(host, kind === 'host-down' ? 'stopped' : 'paused');
    },
    mend: async (kind, host) => void (kind === 'host-cut-off' || faulty.delete(host)),
    replaceHost: async (host) => void faulty.delete(host),
    hostState: async (host) => faulty.get(host) ?? 'running',
    changedPrograms: async () => [],
  };
}
