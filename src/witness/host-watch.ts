/** One host of a lab: whether it runs, what listens on it, and what its Redis and its Sentinel say. */
import type { HostEvent, Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { HostPicture } from '#shared/wire.ts';
import { sayHostEvent, stateAfter } from './host-words.ts';
import { watchPorts } from './ports.ts';
import type { ServiceName } from './ports.ts';
import type { RedisWatch } from './redis-watch.ts';
import type { SentinelWatch } from './sentinel-watch.ts';
import type { Tell } from './tell.ts';

export interface HostParts {
  readonly lab: Lab;
  readonly host: HostName;
  readonly tell: Tell;
  readonly redis: RedisWatch;
  readonly sentinel: SentinelWatch;
  /** Something has changed on this host: look at once. */
  readonly onChange: () => void;
  readonly onTrouble: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export class HostWatch {
  private readonly parts: HostParts;
  private state: HostPicture['state'] = 'unseen';
  /** Undefined until the host has said it once. */
  private services: readonly ServiceName[] | undefined;
  private ports: AbortController | undefined;

  constructor(parts: HostParts) {
    this.parts = parts;
  }

  /** Finds out how the host is, and begins to watch it when it runs. */
  async begin(): Promise<void> {
    this.state = await this.parts.lab.hostState(this.parts.host);
    if (this.state === 'running') this.watch();
  }

  /** What the engine says of the host. */
  heard({ what, at }: HostEvent): void {
    const { host, tell } = this.parts;
    tell(`host-${what}`, host, sayHostEvent(host, what), {}, at);
    this.state = stateAfter(what, this.state);
    if (what === 'died' || what === 'stopped') this.forget();
    if (what === 'started' || what === 'unpaused') this.watch();
    this.parts.onChange();
  }

  listens(service: ServiceName): boolean {
    return this.state === 'running' && this.services?.includes(service) === true;
  }

  async look(): Promise<HostPicture> {
    const { host, redis, sentinel } = this.parts;
    const { state, services = [] } = this;
    const picture = { host, state, services: services.filter((name) => name !== 'redis') };
    if (state === 'running' && !this.services) return picture;
    if (state !== 'running') {
      redis.gone();
      return picture;
    }
    const [redisNow, sentinelNow] = await Promise.all([
      this.listens('redis') ? redis.look() : redis.gone(),
      this.listens('sentinel') ? sentinel.look() : undefined,
    ]);
    return { ...picture, ...(redisNow && { redis: redisNow }), ...(sentinelNow && { sentinel: sentinelNow }) };
  }

  private watch(): void {
    if (this.ports) return;
    const ports = new AbortController();
    this.ports = ports;
    const { lab, host, signal } = this.parts;
    const ended = watchPorts(lab, host, (now) => this.listening(now), AbortSignal.any([signal, ports.signal]));
    void ended.catch(this.parts.onTrouble).finally(() => {
      if (this.ports === ports) this.ports = undefined;
    });
  }

  private listening(now: readonly ServiceName[]): void {
    const { host, tell, onChange } = this.parts;
    const before = this.services ?? [];
    this.services = now;
    for (const service of now) {
      if (service !== 'redis' && !before.includes(service)) {
        tell('service-up', host, `${service} on ${host} listens`, { service });
      }
    }
    for (const service of before) {
      if (service !== 'redis' && !now.includes(service)) {
        tell('service-down', host, `${service} on ${host} does not listen any more`, { service });
      }
    }
    onChange();
  }

  private forget(): void {
    this.ports?.abort();
    this.ports = undefined;
    this.listening([]);
    this.parts.redis.gone();
  }
}
