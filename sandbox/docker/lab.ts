/** A running lab: its hosts are containers, known by their names alone. */
import type Docker from 'dockerode';
import type { Lab } from '../driver.ts';
import { HostDown } from '../driver.ts';
import type { HostName, Topology } from '../topologies.ts';
import { changedPrograms } from './changed-programs.ts';
import { faults } from './faults.ts';
import type { Host } from './host.ts';
import { listenOn } from './listen.ts';
import { openShell } from './terminal.ts';
import { hasStatus, translatedForHost } from './trouble.ts';
import type { InTurn } from './turns.ts';

export interface LabParts {
  readonly id: string;
  readonly topology: Topology;
  readonly network: Docker.Network;
  readonly inTurn: InTurn;
  host(host: HostName): Host;
  address(host: HostName): string;
  /** Makes and starts one host anew. */
  makeHost(host: HostName): Promise<void>;
}

export function dockerLab(parts: LabParts): Lab {
  const { id, topology, network, inTurn, address } = parts;

  async function on<T>(host: HostName, act: (machine: Host) => Promise<T>): Promise<T> {
    if (!topology.hosts.some((spec) => spec.name === host)) {
      throw new HostDown(`The lab has no host ${host}: its topology ${topology.id} does not name it.`);
    }
    try {
      return await act(parts.host(host));
    } catch (error) {
      throw translatedForHost(host, error);
    }
  }
  const faulty = (host: HostName) => ({ host: parts.host(host), network, inTurn, address: address(host) });

  return {
    id,
    topology,
    address,
    run: (host, command, options) => on(host, (machine) => machine.run(command, options)),
    dial: (host, port) => on(host, (machine) => machine.dial(port, address(host))),
    listen: (host, port, onConnection, signal) => listenOn(parts.host(host).container, port, onConnection, signal),
    openTerminal: (host, size) => on(host, (machine) => openShell(machine, host, size)),
    fault: (kind, host) => on(host, () => faults[kind].inject(faulty(host))),
    mend: (kind, host) => on(host, () => faults[kind].mend(faulty(host))),
    replaceHost: (host) =>
      on(host, ({ container }) =>
        inTurn(async () => {
          await removeContainer(container);
          await parts.makeHost(host);
        }),
      ),
    changedPrograms: (host) => on(host, ({ container }) => changedPrograms(container)),
    hostState: (host) =>
      on(host, async ({ container }) => {
        const { State } = await container.inspect();
        if (State.Paused) return 'paused' as const;
        return State.Running ? ('running' as const) : ('stopped' as const);
      }).catch((error: unknown) => {
        if (error instanceof HostDown) return 'missing' as const;
        throw error;
      }),
  };
}

/** Times that a removal is asked for, 50 ms apart, while the engine says that another one is under way. */
const removals = 100;

/** Removing what is gone succeeds; what another call is already removing is waited for. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await container.remove({ force: true, v: true });
      return;
    } catch (error) {
      if (hasStatus(error, 404)) return;
      if (!hasStatus(error, 409) || attempt === removals) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
