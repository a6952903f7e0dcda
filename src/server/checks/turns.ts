/** One check at a time for each learner: asked ones at once, those by themselves when it is quiet, many wishes as one. */
type Work<T> = (signal: AbortSignal) => Promise<T>;

interface Turn {
  running?: { readonly asked: string | undefined; readonly done: Promise<unknown>; readonly giveUp: AbortController };
  timer?: NodeJS.Timeout;
  dueAt: number;
  /** A wish came while a check was running. */
  again: boolean;
}

export class Turns {
  readonly #turns = new Map<string, Turn>();
  readonly #auto: (learner: string) => Promise<Work<unknown> | undefined>;
  readonly #onTrouble: (what: string, error: unknown) => void;

  constructor(
    /** The check that is due by itself; undefined when there is nothing to check. */
    auto: (learner: string) => Promise<Work<unknown> | undefined>,
    onTrouble: (what: string, error: unknown) => void,
  ) {
    this.#auto = auto;
    this.#onTrouble = onTrouble;
  }

  /** Runs what was asked for: joins the same one that runs, breaks off one that runs by itself, waits for another. */
  async asked<T>(learner: string, what: string, work: Work<T>): Promise<T> {
    const turn = this.#turn(learner);
    while (turn.running) {
      // The same key means the same work, so the same result.
      if (turn.running.asked === what) return turn.running.done as Promise<T>;
      if (turn.running.asked === undefined) turn.running.giveUp.abort();
      await turn.running.done.catch(() => undefined);
    }
    return this.#run(learner, turn, what, work);
  }

  /** Runs the check that is due by itself after so many milliseconds, unless one is due earlier. */
  soon(learner: string, milliseconds: number): void {
    const turn = this.#turn(learner);
    if (turn.running) {
      turn.again = true;
      return;
    }
    const dueAt = Date.now() + milliseconds;
    if (turn.timer && turn.dueAt <= dueAt) return;
    clearTimeout(turn.timer);
    turn.dueAt = dueAt;
    turn.timer = setTimeout(() => void this.#due(learner, turn), milliseconds).unref();
  }

  async cancel(learner: string): Promise<void> {
    const turn = this.#turns.get(learner);
    this.#turns.delete(learner);
    clearTimeout(turn?.timer);
    turn?.running?.giveUp.abort();
    await turn?.running?.done.catch(() => undefined);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#turns.keys()].map((learner) => this.cancel(learner)));
  }

  async #due(learner: string, turn: Turn): Promise<void> {
    delete turn.timer;
    if (turn.running) return;
    const work: Work<unknown> = async (signal) => {
      const due = await this.#auto(learner);
      if (due && !signal.aborted) await due(signal);
    };
    await this.#run(learner, turn, undefined, work).catch((error: unknown) =>
      this.#onTrouble('a check by itself failed', error),
    );
  }

  async #run<T>(learner: string, turn: Turn, asked: string | undefined, work: Work<T>): Promise<T> {
    const giveUp = new AbortController();
    const done = work(giveUp.signal);
    turn.running = { asked, done, giveUp };
    turn.again = false;
    try {
      return await done;
    } finally {
      delete turn.running;
      if (turn.again && this.#turns.get(learner) === turn) this.soon(learner, 100);
    }
  }

  #turn(learner: string): Turn {
    const turn = this.#turns.get(learner) ?? { dueAt: 0, again: false };
    this.#turns.set(learner, turn);
    return turn;
  }
}
