/** Which terminals are on show, one or two side by side, and which of them the learner works in. Knows no DOM. */
interface Seat {
  readonly id: string;
  readonly host: string;
}

export class Desk {
  #seats: readonly Seat[] = [];
  /** The host that was worked on last: its next terminal is the one to show when all have gone. */
  #host: string | undefined;
  #shown: readonly string[] = [];
  #active: string | undefined;

  get shown(): readonly string[] {
    return this.#shown;
  }

  get active(): string | undefined {
    return this.#active;
  }

  get split(): boolean {
    return this.#shown.length > 1;
  }

  /** These terminals there are now. One that is gone makes room for its neighbour; after all were gone the host counts. */
  have(seats: readonly Seat[]): void {
    const at = Math.max(0, this.#ids.indexOf(this.#active ?? ''));
    const places = Math.max(1, this.#shown.length);
    this.#seats = seats;
    const ids = this.#ids;
    const kept = this.#shown.filter((id) => ids.includes(id));
    const again = this.#active === undefined ? seats.find(({ host }) => host === this.#host)?.id : undefined;
    const next = [...(again === undefined ? [] : [again]), ...ids.slice(at), ...ids.slice(0, at).reverse()];
    const spare = [...new Set(next)].filter((id) => !kept.includes(id));
    this.#shown = [...kept, ...spare].slice(0, places);
    if (this.#active === undefined || !ids.includes(this.#active)) this.#activate(this.#shown.at(-1));
  }

  /** Brings a terminal into the place of the active one, unless it is on show already. */
  show(id: string): void {
    if (!this.#ids.includes(id)) return;
    if (!this.#shown.includes(id)) this.#shown = this.#shown.map((each) => (each === this.#active ? id : each));
    this.#activate(id);
  }

  /** One beside the other, the next in the row; or the active one alone. */
  toggleSplit(): void {
    const active = this.#active;
    if (active === undefined) return;
    const at = this.#ids.indexOf(active);
    const next = this.#ids[(at + 1) % this.#ids.length];
    this.#shown = this.split || next === undefined || next === active ? [active] : [active, next];
  }

  get #ids(): readonly string[] {
    return this.#seats.map(({ id }) => id);
  }

  #activate(id: string | undefined): void {
    this.#active = id;
    this.#host = this.#seats.find((seat) => seat.id === id)?.host ?? this.#host;
  }
}
