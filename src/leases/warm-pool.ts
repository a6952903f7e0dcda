/**
 * Spare labs, made ahead so that a learner does not wait; of the topology that is taken most. A spare of an earlier
 * process is not adopted: by its labels alone it cannot be told from a lab that somebody has used.
 */
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { topologies, type Topology } from '#sandbox/topologies.ts';
import { newLabId } from './lab-id.ts';

export class WarmPool {
  readonly #driver: SandboxDriver;
  readonly #wanted: number;
  readonly #hasRoom: () => boolean;
  readonly #onTrouble: (what: string, error: unknown) => void;
  readonly #labs = new Map<string, Lab>();
  /** Ids of spares being made or removed. */
  readonly #busy = new Set<string>();
  readonly #takenBy = new Map<string, number>();
  /** Spares that a workshop has asked for and that nobody has taken yet. */
  #booked: { readonly topology: Topology; readonly count: number } | undefined;
  #due: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    driver: SandboxDriver,
    wanted: number,
    hasRoom: () => boolean,
    onTrouble: (what: string, error: unknown) => void,
  ) {
    this.#driver = driver;
    this.#wanted = wanted;
    this.#hasRoom = hasRoom;
    this.#onTrouble = onTrouble;
  }

  get size(): number {
    return this.#labs.size + this.#busy.size;
  }

  /** Those that are ready. */
  get labs(): readonly Lab[] {
    return [...this.#labs.values()];
  }

  has(id: string): boolean {
    return this.#labs.has(id) || this.#busy.has(id);
  }

  take(topology: Topology): Lab | undefined {
    this.#takenBy.set(topology.id, (this.#takenBy.get(topology.id) ?? 0) + 1);
    const spare = [...this.#labs.values()].find((lab) => lab.topology.id === topology.id);
    if (spare) this.#labs.delete(spare.id);
    if (this.#booked?.topology.id === topology.id)
      this.#booked = { topology, count: Math.max(0, this.#booked.count - 1) };
    return spare;
  }

  /** Makes so many spares of a topology ahead of a workshop; 0 when it is over. Each one that is taken counts down. */
  book(topology: Topology, count: number): void {
    this.#booked = { topology, count };
    this.fill(topology);
  }

  /** Makes spares in the background: what is booked, else what was taken most, else `topology`. */
  fill(topology: Topology): void {
    const wanted = Math.max(this.#wanted, this.#booked?.count ?? 0);
    if (this.#stopped || this.size >= wanted || !this.#hasRoom()) return;
    const booked = this.#booked?.count ? this.#booked.topology : undefined;
    void this.#make(booked ?? this.#mostTaken() ?? topology).then((made) => (made ? this.fill(topology) : undefined));
  }

  /** Once in the given time, however often it is asked for. */
  fillLater(topology: Topology, milliseconds: number): void {
    this.#due ??= setTimeout(() => {
      this.#due = undefined;
      this.fill(topology);
    }, milliseconds).unref();
  }

  /** Makes room for a lab that a learner waits for. */
  async removeOne(): Promise<void> {
    const [id] = this.#labs.keys();
    if (id === undefined) return;
    this.#labs.delete(id);
    this.#busy.add(id);
    try {
      await this.#driver.remove(id);
    } finally {
      this.#busy.delete(id);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#due);
  }

  async #make(topology: Topology): Promise<boolean> {
    const id = newLabId();
    this.#busy.add(id);
    try {
      const lab = await this.#driver.create(id, topology);
      this.#busy.delete(id);
      this.#labs.set(id, lab);
      return true;
    } catch (error) {
      this.#busy.delete(id);
      this.#onTrouble('a spare lab could not be made', error);
      return false;
    }
  }

  #mostTaken(): Topology | undefined {
    const [most] = [...this.#takenBy].toSorted(([, a], [, b]) => b - a);
    return Object.values<Topology>(topologies).find(({ id }) => id === most?.[0]);
  }
}
