/** Breaking a host, and mending it. Both succeed when it is already so. */
import type Docker from 'dockerode';
import type { FaultKind } from '../driver.ts';
import type { Host } from './host.ts';
import { addressed } from './host-options.ts';
import { hasStatus } from './trouble.ts';
import type { InTurn } from './turns.ts';

export interface FaultyHost {
  readonly host: Host;
  readonly network: Docker.Network;
  readonly address: string;
  readonly inTurn: InTurn;
}

type Act = (host: FaultyHost) => Promise<void>;

export const faults: Readonly<Record<FaultKind, { readonly inject: Act; readonly mend: Act }>> = {
  'host-down': {
    inject: async ({ host: { container }, inTurn }) => {
      const { State } = await container.inspect();
      if (!State.Running) return;
      // The engine does not kill what is frozen.
      if (State.Paused) await container.unpause();
      await inTurn(async () => {
        await container.kill().catch(unless(409));
        await container.wait();
      });
    },
    mend: async ({ host, inTurn }) => {
      await inTurn(() => host.container.start()).catch(unless(304));
      await ready(host);
    },
  },
  'host-paused': {
    inject: async ({ host: { container } }) => {
      if (!(await container.inspect()).State.Paused) await container.pause();
    },
    mend: async ({ host: { container } }) => {
      if ((await container.inspect()).State.Paused) await container.unpause();
    },
  },
  'host-cut-off': {
    inject: async ({ host, network, inTurn }) => {
      const { container } = host;
      if (!(await connected(container))) return;
      // The engine forgets the other hosts' names together with the network.
      const names = await host.run('cat /etc/hosts').catch(() => undefined);
      await inTurn(() => network.disconnect({ Container: container.id }));
      if (names !== undefined) await host.run('cat > /etc/hosts', { input: names.stdout });
    },
    mend: async ({ host: { container }, network, address, inTurn }) => {
      if (await connected(container)) return;
      await inTurn(() => network.connect({ Container: container.id, EndpointConfig: addressed(address) }));
    },
  },
};

async function connected(container: Docker.Container): Promise<boolean> {
  return Object.keys((await container.inspect()).NetworkSettings.Networks).some((name) => name !== 'none');
}

/** Waits until the host has started the services that are enabled on it. */
export async function ready(host: Host): Promise<void> {
  await host.run('until [ -e /run/lab-ready ]; do sleep 0.02; done', { timeout: 30_000 });
}

function unless(status: number): (error: unknown) => void {
  return (error) => {
    if (!hasStatus(error, status)) throw error;
  };
}
