/** The services whose web pages open through the server. */
import type { HostName } from '#sandbox/topologies.ts';

export interface Service {
  readonly name: string;
  readonly host: HostName;
  readonly port: number;
}

export const prometheus = { name: 'prometheus', host: 'monitor', port: 9090 } as const satisfies Service;

export const services = [
  prometheus,
  { name: 'alertmanager', host: 'monitor', port: 9093 },
  { name: 'exporter', host: 'monitor', port: 9121 },
  { name: 'grafana', host: 'monitor', port: 3000 },
] as const satisfies readonly Service[];

export const serviceNamed = (name: string): Service | undefined => services.find((service) => service.name === name);
