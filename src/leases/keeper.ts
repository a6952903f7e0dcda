/** Gives, renews and ends leases: who holds which lab, until when, and how many labs fit. */
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import type { Topology } from '#sandbox/topologies.ts';
import type { LeaseView } from '#shared/wire.ts';
import type { Lease, Records } from '../progress/records.ts';
import { newLabId } from './lab-id.ts';
import { endOf, viewOf, type LeaseLimits } from './lease-end.ts';
import { revive } from './revive.ts';
import { WarmPool } from './warm-pool.ts';

/** Every lab that fits is in use. The message is for the learner. */
export class AllInUse extends Error {
  override name = 'AllInUse';
}

/** A learner's hold on a lab. */
export interface Hold {
  readonly learner: string;
  readonly lab: Lab;
  /** Aborts when the lease ends: whatever works with the lab stops then. */
  readonly signal: AbortSignal;
}

export interface KeeperParts {
  readonly driver: SandboxDriver;
  readonly book: Pick<Records, 'lease' | 'leases' | 'saveLease' | 'endLease'>;
  readonly limits: LeaseLimits & {
    /** How many labs may exist at once, spares included. */
    readonly capacity: number;
    /** How many spare labs are kept ready. */
    readonly warm: number;
    /** Milliseconds between taking a spare and making the next: a browser on this machine drops requests while networks are made. */
    readonly refillAfter: number;
  };
  /** A lab was given to a learner, also again after a restart of the server. */
  readonly onHold: (hold: Hold) => void;
  /** A lease is others now: it was used after a while, extended, or has ended. */
  readonly onLease: (learner: string) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly now?: () => Date;
}

/** A use is written down when the last one written is older than this. */
const useWritten = 30_000;

export class Keeper {
  readonly #parts: KeeperParts;
  readonly #holds = new Map<
    string,
    { readonly hold: Hold; readonly end: AbortController; lease: Lease; untouched: boolean }
  >();
  readonly #pool: WarmPool;
  /** Ids of labs being made or removed for learners. */
  readonly #busy = new Set<string>();

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#pool = new WarmPool(parts.driver, parts.limits.warm, () => this.#free() > 0, parts.onTrouble);
  }

  /** Finds the labs of all leases again, by label; a lease whose lab is gone ends. */
  async restore(): Promise<void> {
    for (const lease of this.#parts.book.leases()) {
      const lab = await this.#parts.driver.find(lease.lab);
      if (lab) {
        await this.#revive(lab);
        this.#give(lease, lab, false);
      } else this.#parts.book.endLease(lease.learner);
    }
  }

  /** Starts every lab whose hosts are all down, spares too: the engine was restarted under this server. */
  async revive(): Promise<void> {
    // One after the other: the engine has just come up.
    for (const lab of [...this.#pool.labs, ...[...this.#holds.values()].map(({ hold }) => hold.lab)])
      await this.#revive(lab);
  }

  hold(learner: string): Hold | undefined {
    return this.#holds.get(learner)?.hold;
  }
  /** The hold on a lab, whoever has it. */
  byLab(id: string): Hold | undefined {
    return this.#holds.values().find(({ hold }) => hold.lab.id === id)?.hold;
  }
  lease(learner: string): Lease | undefined {
    return this.#holds.get(learner)?.lease;
  }
  /** Whether the lab is as it was made: not prepared for a lesson, and used by nobody. */
  untouched(learner: string): boolean {
    return this.#holds.get(learner)?.untouched ?? false;
  }
  view(learner: string): LeaseView | undefined {
    const lease = this.lease(learner);
    return lease && viewOf(lease, this.#parts.limits);
  }

  /** A lab of the topology for a learner who has none: a spare, or a new one. */
  async take(learner: string, topology: Topology): Promise<Hold> {
    const spare = this.#pool.take(topology);
    const hold = spare ? this.#lease(learner, spare) : await this.#make(topology, (lab) => this.#lease(learner, lab));
    this.#pool.fillLater(topology, this.#parts.limits.refillAfter);
    return hold;
  }

  /** Writes down for which lesson the lab was prepared. */
  prepared(learner: string, lesson: string): void {
    this.#change(learner, { lesson });
  }

  /** Somebody works with the lab. Comes with every key, so it never throws: a full disk must not end the server. */
  used(learner: string): void {
    const held = this.#holds.get(learner);
    if (!held) return;
    held.untouched = false;
    if (this.#now().getTime() - held.lease.usedAt.getTime() <= useWritten) return;
    try {
      this.#change(learner, { usedAt: this.#now() });
    } catch (error) {
      this.#parts.onTrouble('the use of a lab could not be written down', error);
    }
  }

  /** More time, by milliseconds; `most` bounds what was given in all. */
  extend(learner: string, by: number, most = Infinity): void {
    const lease = this.lease(learner);
    if (lease)
      this.#change(learner, {
        usedAt: this.#now(),
        extended: Math.min(lease.extended + by, Math.max(most, lease.extended)),
      });
  }

  /**
   * Ends the lease and removes the lab, unless the learner holds another one by now. A lab that the engine does not
   * remove now is the reaper's.
   */
  async end(learner: string, lab: string): Promise<void> {
    const held = this.#holds.get(learner);
    if (held?.lease.lab !== lab) return;
    this.#holds.delete(learner);
    this.#parts.book.endLease(learner);
    held.end.abort();
    this.#busy.add(held.lease.lab);
    try {
      await this.#parts.driver.remove(held.lease.lab);
    } finally {
      this.#busy.delete(held.lease.lab);
    }
  }

  /** Learners whose lease is over. */
  over(): readonly string[] {
    return [...this.#holds.values()]
      .filter(({ lease }) => endOf(lease, this.#parts.limits).at <= this.#now().getTime())
      .map(({ lease }) => lease.learner);
  }

  /** Whether a lab is leased, spare, being made or being removed; the reaper takes the others. */
  knows(id: string): boolean {
    return this.#busy.has(id) || this.#pool.has(id) || this.#parts.book.leases().some(({ lab }) => lab === id);
  }

  counts() {
    return { leased: this.#holds.size, spare: this.#pool.size, capacity: this.#parts.limits.capacity };
  }

  /** Stops working with the labs; they and their leases stay. */
  stop(): void {
    this.#pool.stop();
    for (const { end } of this.#holds.values()) end.abort();
    this.#holds.clear();
  }

  /** Starts to fill the pool with spares of a topology. */
  warm(topology: Topology): void {
    this.#pool.fill(topology);
  }

  /** Makes spares ahead for a class, as many as fit; 0 when they are not wanted any more. */
  book(topology: Topology, count: number): void {
    this.#pool.book(topology, count);
  }

  /** `give` gets the lab while it still counts as being made: at no moment is it nobody's, which is the reaper's. */
  async #make<T>(topology: Topology, give: (lab: Lab) => T): Promise<T> {
    if (this.#free() <= 0) await this.#pool.removeOne();
    if (this.#free() <= 0) throw new AllInUse(this.#allInUse());
    const id = newLabId();
    this.#busy.add(id);
    try {
      return give(await this.#parts.driver.create(id, topology));
    } finally {
      this.#busy.delete(id);
    }
  }

  async #revive(lab: Lab): Promise<void> {
    await revive(lab).catch((error: unknown) =>
      this.#parts.onTrouble('the hosts of a lab could not be started', error),
    );
  }

  #free(): number {
    return this.#parts.limits.capacity - this.#holds.size - this.#pool.size - this.#busy.size;
  }

  #allInUse(): string {
    const ends = [...this.#holds.values()].map(({ lease }) => endOf(lease, this.#parts.limits).at);
    const next =
      ends.length > 0
        ? ` The next is free at ${new Date(Math.min(...ends)).toISOString().slice(11, 16)} UTC at the latest.`
        : '';
    return `All ${this.#parts.limits.capacity} labs of this server are in use.${next} Try again then.`;
  }

  #lease(learner: string, lab: Lab): Hold {
    const now = this.#now();
    const lease = { learner, lab: lab.id, lesson: undefined, begunAt: now, usedAt: now, extended: 0 };
    this.#parts.book.saveLease(lease);
    return this.#give(lease, lab, true);
  }

  #give(lease: Lease, lab: Lab, untouched: boolean): Hold {
    const end = new AbortController();
    const hold = { learner: lease.learner, lab, signal: end.signal };
    this.#holds.set(lease.learner, { hold, end, lease, untouched });
    this.#parts.onHold(hold);
    return hold;
  }

  #change(learner: string, change: Partial<Lease>): void {
    const held = this.#holds.get(learner);
    if (!held) return;
    if (change.lesson !== undefined) held.untouched = false;
    held.lease = { ...held.lease, ...change };
    this.#parts.book.saveLease(held.lease);
    this.#parts.onLease(learner);
  }

  #now(): Date {
    return this.#parts.now?.() ?? new Date();
  }
}
