/** Which terminals are on show, one or two side by side, and which of them the learner works in. Knows no DOM. */
export class Desk {
  #ids: readonly string[] = [];
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

  /** These terminals there are now. One that is gone makes room for its neighbour. */
  have(ids: readonly string[]): void {
    const before = this.#ids;
    this.#ids = ids;
    const places = this.#shown.length;
    const kept = this.#shown.filter((id) => ids.includes(id));
    const at = this.#active === undefined ? 0 : before.indexOf(this.#active);
    const spare = [...ids.slice(at), ...ids.slice(0, at).reverse()].filter((id) => !kept.includes(id));
    this.#shown = [...kept, ...spare].slice(0, Math.max(1, places));
    if (this.#active === undefined || !ids.includes(this.#active)) this.#active = this.#shown.at(-1);
  }

  /** Brings a terminal into the place of the active one, unless it is on show already. */
  show(id: string): void {
    if (!this.#ids.includes(id)) return;
    if (!this.#shown.includes(id)) this.#shown = this.#shown.map((each) => (each === this.#active ? id : each));
    this.#active = id;
  }

  /** One beside the other, the next in the row; or the active one alone. */
  toggleSplit(): void {
    const active = this.#active;
    if (active === undefined) return;
    const at = this.#ids.indexOf(active);
    const next = this.#ids[(at + 1) % this.#ids.length];
    this.#shown = this.split || next === undefined || next === active ? [active] : [active, next];
  }
}
