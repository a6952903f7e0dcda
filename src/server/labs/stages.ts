/** What is being done to each learner's lab now: one thing at a time, shown while it runs, and its trouble kept. */
import type { LabView } from '#shared/wire.ts';
import { HttpProblem } from '../http/route.ts';

export interface Stage {
  readonly state: 'making' | 'preparing' | 'broken';
  readonly lesson: string | undefined;
  readonly progress?: string;
  readonly trouble?: string;
}

export type Say = (state: 'making' | 'preparing', progress: string) => void;

export interface StageEvents {
  /** What `of` says is others now. */
  readonly onChange: (learner: string) => void;
  /** The lab can be worked in now. */
  readonly onReady: (learner: string) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export class Stages {
  readonly #stages = new Map<string, Stage>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #on: StageEvents;

  constructor(on: StageEvents) {
    this.#on = on;
  }

  /** Undefined when the lab is at rest. */
  of(learner: string): Stage | undefined {
    return this.#stages.get(learner);
  }

  /** Throws when something is being done to the lab. */
  mustRest(learner: string): void {
    const { state } = this.#stages.get(learner) ?? {};
    if (state === 'making' || state === 'preparing') {
      throw new HttpProblem(409, `The lab is being ${stateWords[state]}. Wait until it is ready, then try again.`);
    }
  }

  clear(learner: string): void {
    this.#stages.delete(learner);
  }

  /** Does the work; never rejects. A lab whose work failed is broken until a fresh one is made. */
  async run(learner: string, lesson: string | undefined, work: (say: Say) => Promise<void>): Promise<void> {
    const running = this.#do(learner, lesson, work);
    this.#running.set(learner, running);
    await running.finally(() => this.#running.delete(learner));
  }

  async settled(learner: string): Promise<void> {
    await this.#running.get(learner);
    const trouble = this.#stages.get(learner)?.trouble;
    if (trouble !== undefined) throw new Error(trouble);
  }

  async #do(learner: string, lesson: string | undefined, work: (say: Say) => Promise<void>): Promise<void> {
    const set = (stage: Stage | undefined) => {
      if (stage) this.#stages.set(learner, stage);
      else this.#stages.delete(learner);
      this.#on.onChange(learner);
    };
    try {
      await work((state, progress) => set({ state, lesson, progress }));
      set(undefined);
      this.#on.onReady(learner);
    } catch (error) {
      this.#on.onTrouble('a lab could not be made ready', error);
      set({ state: 'broken', lesson, trouble: error instanceof Error ? error.message : String(error) });
    }
  }
}

const stateWords: Readonly<Record<Exclude<LabView['state'], 'none' | 'ready' | 'broken'>, string>> = {
  making: 'made',
  preparing: 'prepared',
};
