/** What stands, lab by lab, told from the labels of networks and containers. */
import type Docker from 'dockerode';
import type { LabSummary } from '../driver.ts';
import { label, topologyFrom } from './labels.ts';
import type { Labels } from './labels.ts';

export function summaries(
  networks: readonly Docker.NetworkInspectInfo[],
  containers: readonly Docker.ContainerInfo[],
  imageVersion: string,
): LabSummary[] {
  const networkLabels = networks.map(({ Labels }) => (Labels ?? {}) as Labels);
  const hostLabels = containers.map(({ Labels }) => Labels as Labels);
  const ids = new Set([...networkLabels, ...hostLabels].flatMap((labels) => labels[label.lab] ?? []));
  return [...ids].map((id) => {
    const ofLab = (labels: Labels) => labels[label.lab] === id;
    const network = networkLabels.find(ofLab);
    const hosts = hostLabels.filter(ofLab);
    const topology = topologyFrom(network ?? {});
    const present = new Set(hosts.map((labels) => labels[label.host]));
    return {
      id,
      topology: topology?.id ?? '',
      whole:
        topology !== undefined &&
        topology.hosts.every(({ name }) => present.has(name)) &&
        hosts.every((labels) => labels[label.image] === imageVersion),
      createdAt: new Date((network ?? hosts[0])?.[label.createdAt] ?? 0),
    };
  });
}
