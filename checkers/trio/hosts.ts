/** The three Redis hosts of a trio, and how a checker looks at all of them at once. */
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

export const trio = ['redis-1', 'redis-2', 'redis-3'] as const satisfies readonly HostName[];
export type TrioHost = (typeof trio)[number];
export type OfTrio<T> = { readonly [host in TrioHost]: T };

export async function ofTrio<T>(look: (host: TrioHost) => Promise<T>): Promise<OfTrio<T>> {
  const [first, second, third] = await Promise.all([look('redis-1'), look('redis-2'), look('redis-3')]);
  return { 'redis-1': first, 'redis-2': second, 'redis-3': third };
}

/** The lab's host that a configured name or address means; the text itself when it is none of them. */
export function hostAt(probe: Pick<Probe, 'hosts' | 'address'>, nameOrAddress: string): string {
  const name = nameOrAddress.split('.')[0];
  return probe.hosts.find((host) => host === name || probe.address(host) === nameOrAddress) ?? nameOrAddress;
}

export const isTrioHost = (name: string): name is TrioHost => (trio as readonly string[]).includes(name);

export const othersThan = (host: TrioHost): readonly TrioHost[] => trio.filter((other) => other !== host);
