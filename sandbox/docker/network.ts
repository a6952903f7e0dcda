/** The network of a lab: a bridge that leads nowhere, with a /28 of its own. */
import type Docker from 'dockerode';
import { NoRoom } from '../driver.ts';
import { learnerHosts } from '../topologies.ts';
import type { HostName } from '../topologies.ts';
import { parseRange, randomFree, toText } from '../subnets.ts';
import { hasStatus } from './trouble.ts';

const attempts = 40;
/** A host's place in the subnet is the same in every topology, so a lesson may speak of ".2". The gateway has .1. */
const places: readonly HostName[] = [...learnerHosts, 'outside'];

export interface NetworkRequest {
  readonly name: string;
  readonly range: string;
  readonly labels: Record<string, string>;
}

/** Another process may take a subnet between our look and our call: then the engine says so and the next one is tried. */
export async function createNetwork(docker: Docker, request: NetworkRequest): Promise<{ id: string; subnet: string }> {
  const range = parseRange(request.range);
  const refused = new Set<number>();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const start = randomFree(range, [...(await subnetsInUse(docker)), ...refused]);
    if (start === undefined) break;
    const subnet = `${toText(start)}/28`;
    try {
      const network = await docker.createNetwork(networkOptions(request, start));
      return { id: network.id, subnet };
    } catch (error) {
      if (!isOverlap(error)) throw error;
      refused.add(start);
    }
  }
  throw new NoRoom(`No free /28 network is left in ${request.range}. Set LAB_NETWORK to a wider range or end labs.`);
}

function networkOptions(request: NetworkRequest, start: number): Docker.NetworkCreateOptions {
  return {
    Name: request.name,
    CheckDuplicate: true,
    Driver: 'bridge',
    Internal: true,
    EnableIPv6: false,
    IPAM: { Driver: 'default', Config: [{ Subnet: `${toText(start)}/28`, Gateway: toText(start + 1) }] },
    Labels: request.labels,
    // The machine itself gets no address on this bridge: nothing of it can be reached from a lab.
    Options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
  };
}

async function subnetsInUse(docker: Docker): Promise<number[]> {
  const networks = await docker.listNetworks();
  return networks
    .flatMap((network) => network.IPAM?.Config ?? [])
    .flatMap((config) => (config.Subnet?.endsWith('/28') ? [parseRange(config.Subnet).start] : []));
}

function isOverlap(error: unknown): boolean {
  return hasStatus(error, 400, 403, 409, 500) && /overlap/i.test(String(error));
}

export function addressIn(subnet: string, host: HostName): string {
  return toText(parseRange(subnet).start + 2 + places.indexOf(host));
}
