/** Labels are the only memory of the driver: what was made, by whom, and for which lab. */
import type { HostName, Topology } from '../topologies.ts';

export const label = {
  /** One installation (data folder) of the course, or one test run. */
  instance: 'redis-clinic.instance',
  lab: 'redis-clinic.lab',
  host: 'redis-clinic.host',
  /** The topology as JSON: a lab outlives the version of the course that made it. */
  topology: 'redis-clinic.topology',
  /** Version of the lab image. */
  image: 'redis-clinic.image',
  createdAt: 'redis-clinic.created-at',
  /** The process that a test run's labs belong to; see sweep.ts. */
  owner: 'redis-clinic.owner',
} as const;

export type Labels = Readonly<Record<string, string>>;

/** The filter of Docker's lists: everything that carries all of these labels. */
export function labelled(labels: Labels): { label: string[] } {
  return { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) };
}

export function networkName(instance: string, lab: string): string {
  return `redis-clinic-${instance}-${lab}`;
}

export function containerName(instance: string, lab: string, host: HostName): string {
  return `${networkName(instance, lab)}-${host}`;
}

export function topologyFrom(labels: Labels): Topology | undefined {
  const text = labels[label.topology];
  return text === undefined ? undefined : (JSON.parse(text) as Topology);
}
