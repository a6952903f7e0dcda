/** The sandbox driver over a Docker engine. */
import type Docker from 'dockerode';
import type { Lab, LabSummary, SandboxDriver, Written } from '../driver.ts';
import { EngineUnreachable } from '../driver.ts';
import type { HostName, Topology } from '../topologies.ts';
import { watchHosts } from './events.ts';
import { ready } from './faults.ts';
import { Host } from './host.ts';
import { hostOptions } from './host-options.ts';
import type { LabImage } from './image.ts';
import { dockerLab, removeContainer } from './lab.ts';
import { containerName, label, labelled, networkName, topologyFrom } from './labels.ts';
import { addressIn, createNetwork } from './network.ts';
import { answers } from './ping.ts';
import { summaries } from './summaries.ts';
import { hasStatus, translated } from './trouble.ts';
import { turns } from './turns.ts';
import type { InTurn } from './turns.ts';

export interface DockerDriverOptions {
  readonly docker: Docker;
  /** Tells this installation's labs from those of others on the same engine: letters, digits, dashes. */
  readonly instance: string;
  readonly image: LabImage;
  /** The range labs take their /28 networks from, "10.213.0.0/16". */
  readonly network: string;
  /** For test runs: the process whose end makes the labs leftovers; see sweep.ts. */
  readonly owner?: string;
}

interface KnownLab {
  readonly hosts: Map<HostName, Host>;
  readonly inTurn: InTurn;
}

export function dockerDriver(options: DockerDriverOptions): SandboxDriver {
  const { docker, instance, image } = options;
  /** The labs that this process has had to do with. */
  const known = new Map<string, KnownLab>();
  const ownLabels = (id: string) => ({ [label.instance]: instance, [label.lab]: id });

  function knownLab(id: string): KnownLab {
    const lab = known.get(id) ?? { hosts: new Map(), inTurn: turns() };
    known.set(id, lab);
    return lab;
  }

  function hostOf(id: string, name: HostName): Host {
    const { hosts } = knownLab(id);
    const host = hosts.get(name) ?? new Host(docker.getContainer(containerName(instance, id, name)), name);
    hosts.set(name, host);
    return host;
  }

  function labOf(id: string, topology: Topology, subnet: string): Lab {
    const address = (host: HostName) => addressIn(subnet, host);
    return dockerLab({
      id,
      topology,
      host: (host) => hostOf(id, host),
      address,
      network: docker.getNetwork(networkName(instance, id)),
      inTurn: knownLab(id).inTurn,
      makeHost: (host) => makeHost(id, topology, subnet, host),
    });
  }

  async function makeHost(id: string, topology: Topology, subnet: string, host: HostName): Promise<void> {
    const spec = topology.hosts.find(({ name }) => name === host);
    if (spec === undefined) throw new Error(`The topology ${topology.id} has no host ${host}.`);
    const container = await docker.createContainer(
      hostOptions(spec, {
        containerName: containerName(instance, id, host),
        networkName: networkName(instance, id),
        image: image.tag(spec.image),
        labels: { ...madeLabels(id), [label.host]: host },
        address: addressIn(subnet, host),
        // The engine itself adds the host's own name.
        names: topology.hosts.flatMap(({ name, aliases }) =>
          [...(name === host ? [] : [name]), ...aliases].map((known) => `${known}:${addressIn(subnet, name)}`),
        ),
      }),
    );
    try {
      await container.start();
      await ready(hostOf(id, host));
    } catch (error) {
      await removeContainer(container);
      throw error;
    }
  }

  function madeLabels(id: string): Record<string, string> {
    return {
      ...ownLabels(id),
      [label.image]: image.version,
      [label.createdAt]: new Date().toISOString(),
      ...(options.owner !== undefined && { [label.owner]: options.owner }),
    };
  }

  async function remove(id: string): Promise<void> {
    const { inTurn } = knownLab(id);
    known.delete(id);
    const filters = labelled(ownLabels(id));
    const containers = await docker.listContainers({ all: true, filters });
    await Promise.all(containers.map(({ Id }) => inTurn(() => removeContainer(docker.getContainer(Id)))));
    const networks = await docker.listNetworks({ filters });
    await Promise.all(networks.map(({ Id }) => removeNetwork(docker.getNetwork(Id))));
  }

  async function create(id: string, topology: Topology): Promise<Lab> {
    const { subnet, id: networkId } = await createNetwork(docker, {
      name: networkName(instance, id),
      range: options.network,
      labels: { ...madeLabels(id), [label.topology]: JSON.stringify(topology) },
    });
    // Each host undoes itself; what has become of all of them is known only when all have settled.
    const made = await Promise.allSettled(topology.hosts.map(({ name }) => makeHost(id, topology, subnet, name)));
    const failure = made.find((result) => result.status === 'rejected');
    if (failure === undefined) return labOf(id, topology, subnet);
    const up = topology.hosts.filter((_, index) => made[index]?.status === 'fulfilled');
    const { inTurn } = knownLab(id);
    known.delete(id);
    await Promise.all(
      up.map(({ name }) => inTurn(() => removeContainer(docker.getContainer(containerName(instance, id, name))))),
    );
    await removeNetwork(docker.getNetwork(networkId));
    throw failure.reason;
  }

  async function find(id: string): Promise<Lab | undefined> {
    const [network] = await docker.listNetworks({ filters: labelled(ownLabels(id)) });
    const topology = topologyFrom(network?.Labels ?? {});
    const subnet = network?.IPAM?.Config?.[0]?.Subnet;
    return topology === undefined || subnet === undefined ? undefined : labOf(id, topology, subnet);
  }

  async function list(): Promise<readonly LabSummary[]> {
    const filters = labelled({ [label.instance]: instance });
    return summaries(
      await docker.listNetworks({ filters }),
      await docker.listContainers({ all: true, filters }),
      image.version,
    );
  }

  async function written(): Promise<readonly Written[]> {
    const running = await docker.listContainers({ size: true, filters: labelled({ [label.instance]: instance }) });
    return running.map((container) => ({
      lab: container.Labels[label.lab] ?? '',
      host: container.Labels[label.host] as HostName,
      // The engine leaves the field out of a host that has written nothing.
      bytes: (container as { readonly SizeRw?: number }).SizeRw ?? 0,
    }));
  }

  return {
    create: (id, topology) => inDriverWords(() => create(id, topology)),
    find: (id) => inDriverWords(() => find(id)),
    remove: (id) => inDriverWords(() => remove(id)),
    list: () => inDriverWords(list),
    written: () => inDriverWords(written),
    watch: (onEvent, signal, onResumed) => watchHosts({ docker, instance, onEvent, onResumed, signal }),
    ping: async () => {
      if (await answers(docker)) return;
      throw new EngineUnreachable('The Docker engine does not answer. Is it running?');
    },
  };
}

async function inDriverWords<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw translated(error);
  }
}

async function removeNetwork(network: Docker.Network): Promise<void> {
  try {
    await network.remove();
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
  }
}
