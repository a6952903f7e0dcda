/** The machines that lessons need, on paper. A lab is a running topology. */

export const learnerHosts = ['redis-1', 'redis-2', 'redis-3', 'monitor'] as const;
/** `outside` is the platform's own host in the lab: the inbox listens there (as `inbox`) and traffic comes from it (as `app`). */
export type HostName = (typeof learnerHosts)[number] | 'outside';

export interface HostSpec {
  readonly name: HostName;
  /** bare: Debian with the offline apt archive, nothing of Redis or Prometheus installed · full: all packages installed, nothing started or configured */
  readonly image: 'bare' | 'full';
  /** Memory limit in MiB, swap included. Figures: shared SANDBOX measurements (a Redis host idles at under 10 MiB). */
  readonly memory: number;
  /** Other names that resolve to this host inside the lab. */
  readonly aliases: readonly string[];
  /** Whether the learner may open a terminal there. */
  readonly terminals: boolean;
}

export interface Topology {
  readonly id: string;
  readonly hosts: readonly HostSpec[];
}

const redis = (name: HostName, image: HostSpec['image']): HostSpec => ({
  name,
  image,
  memory: 192,
  aliases: [],
  terminals: true,
});
const monitor = (image: HostSpec['image']): HostSpec => ({
  name: 'monitor',
  image,
  // Of this Grafana, where it is provided, needs the most: its makers name 512 MB as the least.
  memory: 768,
  aliases: [],
  terminals: true,
});
const outside: HostSpec = { name: 'outside', image: 'full', memory: 96, aliases: ['inbox', 'app'], terminals: false };

const trioOf = (image: HostSpec['image']) => [
  redis('redis-1', image),
  redis('redis-2', image),
  redis('redis-3', image),
];

/** Every topology, by id. The id is stored in labels and records: never reuse one for other machines. */
export const topologies = {
  /** One Redis with the application's traffic from `outside`. */
  single: { id: 'single', hosts: [redis('redis-1', 'full'), outside] },
  /** One Redis and a monitor, packages installed. */
  'single+monitor': { id: 'single+monitor', hosts: [redis('redis-1', 'full'), monitor('full'), outside] },
  /** Three bare Debian hosts: Redis is still to be installed. */
  'trio-bare': { id: 'trio-bare', hosts: [...trioOf('bare'), outside] },
  /** Three Redis hosts; Sentinel is installed, too. */
  trio: { id: 'trio', hosts: [...trioOf('full'), outside] },
  /** Three Redis hosts and a bare monitor: Prometheus is still to be installed. */
  'trio+bare-monitor': { id: 'trio+bare-monitor', hosts: [...trioOf('full'), monitor('bare'), outside] },
  /** Three Redis hosts and a monitor with all packages. */
  'trio+monitor': { id: 'trio+monitor', hosts: [...trioOf('full'), monitor('full'), outside] },
} as const satisfies Record<string, Topology>;

export type TopologyId = keyof typeof topologies;
