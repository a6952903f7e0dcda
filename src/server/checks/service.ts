/** Checks: by the button, and by themselves when a command has ended or the lab has changed. Never two at once in a lab. */
import type { CheckRequest, CheckResult } from '#checking/run.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { LiveMessage, StepId, VerdictView } from '#shared/wire.ts';
import type { Hold } from '../../leases/keeper.ts';
import type { Begin, Records } from '../../progress/records.ts';
import { HttpProblem } from '../http/route.ts';
import type { Place, Shelf } from '../lessons/shelf.ts';
import { Turns } from './turns.ts';
import { failedVerdict, hasChanged } from './verdicts.ts';

export interface CheckParts {
  readonly records: Records;
  readonly shelf: Shelf;
  /** The learner's lab, when it can be worked in. */
  readonly ready: (learner: string) => Hold | undefined;
  /** The lesson that the lab was prepared for. */
  readonly lessonOf: (learner: string) => string | undefined;
  readonly runCheck: (request: CheckRequest) => Promise<CheckResult>;
  readonly beginStep: (
    request: Pick<CheckRequest, 'lab' | 'checker' | 'timeline' | 'inbox'> & { fresh: boolean },
  ) => Promise<Begin>;
  readonly startWriter: CheckRequest['startWriter'];
  readonly push: (learner: string, message: LiveMessage) => void;
  /** A check is done and stored. */
  readonly onChecked: (learner: string, verdict: VerdictView, why: 'asked' | 'auto') => void;
  /** The learner's records of a step are others now. */
  readonly onProgress: (learner: string, step: StepId) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export class Checks {
  readonly #parts: CheckParts;
  readonly #turns: Turns;

  constructor(parts: CheckParts) {
    this.#parts = parts;
    this.#turns = new Turns((learner) => this.#auto(learner), parts.onTrouble);
  }

  /** The button: with drills, stored whatever it says. A check that runs by itself makes way. */
  async ask(learner: string, id: StepId): Promise<VerdictView> {
    const place = this.#parts.shelf.step(id);
    const hold = this.#holdAt(learner, place);
    const verdict = await this.#turns.asked(learner, id, (signal) =>
      this.#check(learner, hold, place, 'asked', signal),
    );
    if (verdict) return verdict;
    throw new HttpProblem(409, 'The check was broken off because the lab was changed. Check again.');
  }

  /** Runs the step's solution, while no check runs, and records the step as skipped. */
  async skip(learner: string, id: StepId, run: () => Promise<void>): Promise<void> {
    this.#holdAt(learner, this.#parts.shelf.step(id));
    await this.#turns.asked(learner, `skip ${id}`, run);
    this.#parts.records.skip(learner, id);
    this.pushProgress(learner, id);
    await this.goOn(learner);
  }

  /** A command has ended: looks at once. */
  commandEnded(learner: string): void {
    this.#turns.soon(learner, 30);
  }

  /** The lab has changed by itself, which comes in bursts. */
  labChanged(learner: string): void {
    this.#turns.soon(learner, 400);
  }

  /** Gives up what runs for a learner, because the lab goes away. */
  async cancel(learner: string): Promise<void> {
    await this.#turns.cancel(learner);
  }

  async close(): Promise<void> {
    await this.#turns.close();
  }

  /** The step begins in a lab; `fresh` when the lab was just prepared for its lesson. */
  async begin(hold: Hold, id: StepId, fresh: boolean): Promise<void> {
    await this.#begin(hold, this.#parts.shelf.step(id), fresh);
  }

  /** The step is done or skipped: the next one of the lesson begins. */
  async goOn(learner: string): Promise<void> {
    const hold = this.#parts.ready(learner);
    const slug = this.#parts.lessonOf(learner);
    const next = slug && this.current(learner, slug);
    if (!hold || !next || this.#parts.records.begin(hold.lab.id, next)) return;
    await this.#begin(hold, this.#parts.shelf.step(next), false);
    this.#turns.soon(learner, 0);
  }

  /** The first step of the lesson that is neither done nor skipped. */
  current(learner: string, slug: string): StepId | undefined {
    const over = new Set(
      this.#parts.records
        .progress(learner)
        .filter(({ state }) => state === 'done' || state === 'skipped')
        .map(({ step }) => step),
    );
    return this.#parts.shelf
      .lesson(slug)
      .steps.map(({ checker }) => checker.step)
      .find((step) => !over.has(step));
  }

  pushProgress(learner: string, id: StepId): void {
    const progress = this.#parts.records.progress(learner).find(({ step }) => step === id);
    if (progress) this.#parts.push(learner, { type: 'progress', progress });
    this.#parts.onProgress(learner, id);
  }

  async #auto(learner: string): Promise<((signal: AbortSignal) => Promise<unknown>) | undefined> {
    const hold = this.#parts.ready(learner);
    const slug = this.#parts.lessonOf(learner);
    await this.#parts.shelf.refresh();
    const current = slug && this.current(learner, slug);
    if (!hold || !current) return undefined;
    return (signal) => this.#check(learner, hold, this.#parts.shelf.step(current), 'auto', signal);
  }

  async #check(
    learner: string,
    hold: Hold,
    asked: Place,
    why: 'asked' | 'auto',
    signal: AbortSignal,
  ): Promise<VerdictView | undefined> {
    const { records, push, runCheck, startWriter } = this.#parts;
    await this.#parts.shelf.refresh();
    const { id, step } = this.#parts.shelf.step(asked.id);
    const before = records.progress(learner).find((progress) => progress.step === id);
    const given = AbortSignal.any([signal, hold.signal]);
    push(learner, { type: 'checking', step: id });
    let result: { readonly verdict: VerdictView; readonly evidence: unknown };
    try {
      result = await runCheck({
        ...this.#looking(hold.lab, await this.#begin(hold, asked, false)),
        checker: step.checker,
        answers: before?.answers ?? {},
        drills: why === 'asked',
        startWriter,
        say: (text) => push(learner, { type: 'checking', step: id, say: text }),
        signal: given,
      });
    } catch (error) {
      this.#parts.onTrouble(`the check of ${id} failed`, error);
      result = { verdict: failedVerdict(id, error), evidence: null };
    }
    // What was broken off says nothing of the lab: it is neither stored nor shown.
    if (given.aborted) return undefined;
    const { verdict, evidence } = result;
    const isNew = why === 'asked' || hasChanged(before?.verdict, verdict);
    if (isNew) records.addAttempt({ learner, step: id, at: new Date(verdict.at), why, verdict, evidence });
    push(learner, { type: 'verdict', verdict });
    if (isNew) this.pushProgress(learner, id);
    this.#parts.onChecked(learner, verdict, why);
    if (verdict.state === 'met')
      this.goOn(learner).catch((error) => this.#parts.onTrouble('the next step could not begin', error));
    return verdict;
  }

  async #begin(hold: Hold, { id, step }: Place, fresh: boolean): Promise<Begin> {
    const { records } = this.#parts;
    const known = fresh ? undefined : records.begin(hold.lab.id, id);
    if (known) return known;
    const begin = await this.#parts.beginStep({
      ...this.#looking(hold.lab, { at: new Date() }),
      checker: step.checker,
      fresh,
    });
    records.saveBegin(hold.lab.id, id, begin);
    records.markAtWork(hold.learner, id);
    this.pushProgress(hold.learner, id);
    return begin;
  }

  #looking<B extends { readonly at: Date }>(lab: Lab, begin: B) {
    return {
      lab,
      begin,
      timeline: () => this.#parts.records.events(lab.id, begin.at),
      inbox: () => this.#parts.records.messages(lab.id, begin.at),
    };
  }

  #holdAt(learner: string, { lesson, id }: Place): Hold {
    const hold = this.#parts.ready(learner);
    if (!hold)
      throw new HttpProblem(409, 'Your lab is not ready, so there is nothing to look at. Start it, then check.');
    const at = this.#parts.lessonOf(learner);
    if (at === lesson.slug) return hold;
    throw new HttpProblem(
      409,
      `Your lab stands at ${at ? `the lesson "${at}"` : 'no lesson'}, so "${id}" cannot be checked in it. Start the lab of "${lesson.slug}" first.`,
    );
  }
}
