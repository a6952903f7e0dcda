/** Logins at another server that have been begun here: each is taken once, in time, or never. */

/** Milliseconds that somebody may take at the other server. */
const patience = 10 * 60_000;
/** Logins under way at once, at most: the oldest are forgotten. */
const most = 10_000;

export class UnderWay<T> {
  readonly #begun = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  begin(state: string, value: T): void {
    const [oldest] = this.#begun.keys();
    if (this.#begun.size >= most && oldest !== undefined) this.#begun.delete(oldest);
    this.#begun.set(state, { value, until: this.#now().getTime() + patience });
  }

  take(state: string): T | undefined {
    const found = this.#begun.get(state);
    this.#begun.delete(state);
    return found && found.until >= this.#now().getTime() ? found.value : undefined;
  }
}
