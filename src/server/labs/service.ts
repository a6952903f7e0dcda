/** A learner's lab from the first click to its end: made, prepared for a lesson, reset, mended, ended. */
import type { Lab } from '#sandbox/driver.ts';
import { topologies, type HostName } from '#sandbox/topologies.ts';
import type { Lesson } from '#checking/lesson.ts';
import type { LabView, StepId } from '#shared/wire.ts';
import type { Hold, Keeper } from '../../leases/keeper.ts';
import { HttpProblem } from '../http/route.ts';
import { Stages, type StageEvents } from './stages.ts';

export interface LabParts extends StageEvents {
  readonly keeper: Keeper;
  readonly lesson: (slug: string) => Lesson;
  readonly prepare: (lab: Lab, lesson: Lesson, say: (text: string) => void) => Promise<void>;
  /** The lab stands at the start of a lesson; what is left is to bring it to the goal, whose step begins. */
  readonly onPrepared: (hold: Hold, lesson: Lesson, goal: Goal, say: (text: string) => void) => Promise<void>;
  /** The lab ends: what runs in it must go. */
  readonly onLeaving: (learner: string, lab: Lab) => Promise<void>;
}

/** start: the lesson's first step · current: the one that the learner is at · else that step, or a later one the learner is at */
export type Goal = 'start' | 'current' | { readonly step: StepId };

const hour = 3_600_000;

export class Labs {
  readonly #parts: LabParts;
  readonly #stages: Stages;

  constructor(parts: LabParts) {
    this.#parts = parts;
    this.#stages = new Stages(parts);
  }

  view(learner: string): LabView {
    const { keeper } = this.#parts;
    const stage = this.#stages.of(learner);
    const lab = keeper.hold(learner)?.lab;
    const lesson = stage?.lesson ?? keeper.lease(learner)?.lesson;
    const lease = keeper.view(learner);
    const hosts = lab?.topology.hosts.filter(({ terminals }) => terminals).map(({ name }) => name) ?? [];
    return {
      state: stage?.state ?? (lab ? 'ready' : 'none'),
      ...(lab && { id: lab.id }),
      ...(lesson && { lesson }),
      hosts,
      addresses: Object.fromEntries(hosts.map((host) => [host, lab?.address(host) ?? ''])),
      ...(stage?.progress && { progress: stage.progress }),
      ...(stage?.trouble && { trouble: stage.trouble }),
      ...(lease && { lease }),
    };
  }

  /** The learner's lab when it can be worked in. */
  ready(learner: string): Hold | undefined {
    return this.#stages.of(learner) ? undefined : this.#parts.keeper.hold(learner);
  }

  /** Brings the learner into a lesson: into the lab they have when it stands there, else into a fresh one. */
  enter(learner: string, slug: string, reset: boolean): LabView {
    const lesson = this.#parts.lesson(slug);
    const stage = this.#stages.of(learner);
    if (stage && stage.state !== 'broken' && stage.lesson === slug) return this.view(learner);
    this.#stages.mustRest(learner);
    const at = this.#parts.keeper.lease(learner)?.lesson;
    if (!stage && at === slug && !reset) return this.view(learner);
    if (at && at !== slug && !reset) {
      throw new HttpProblem(
        409,
        `Your lab stands at the lesson "${at}". Starting "${slug}" makes a fresh lab and ends that one: what you did in it is lost, your progress is kept.`,
      );
    }
    this.#freshAt(learner, lesson, 'current');
    return this.view(learner);
  }

  /** A fresh lab at the lesson, wherever the one stands that there is: at the learner's own step, or at least at `step`. */
  bring(learner: string, slug: string, step: StepId | undefined): LabView {
    const lesson = this.#parts.lesson(slug);
    this.#stages.mustRest(learner);
    this.#freshAt(learner, lesson, step === undefined ? 'current' : { step });
    return this.view(learner);
  }

  /**
   * 'step': a fresh lab at the start of the step that the learner is at · 'lesson': at the start of the lesson it stands
   * at · 'lab': nothing prepared in it.
   */
  reset(learner: string, to: 'lab' | 'lesson' | 'step'): LabView {
    this.#stages.mustRest(learner);
    const { keeper } = this.#parts;
    const at = this.#stages.of(learner)?.lesson ?? keeper.lease(learner)?.lesson;
    if (to !== 'lab') {
      if (!at) throw new HttpProblem(409, 'The lab was not prepared for a lesson. Start one from its page.');
      this.#freshAt(learner, this.#parts.lesson(at), to === 'step' ? 'current' : 'start');
      return this.view(learner);
    }
    const { topology } = this.#mustHold(learner).lab;
    void this.#stages.run(learner, undefined, async (say) => {
      say('making', 'Making a fresh lab');
      await this.#leave(learner);
      await keeper.take(learner, topology);
    });
    return this.view(learner);
  }

  /** Resolves when the lab that is being made or prepared is ready; rejects with why it is not. */
  async settled(learner: string): Promise<void> {
    await this.#stages.settled(learner);
  }

  async replaceHost(learner: string, name: string): Promise<void> {
    const { lab } = this.#mustHold(learner);
    await lab.replaceHost(hostOf(lab, name));
  }

  /** Starts a host that is down, or wakes one that is paused. */
  async startHost(learner: string, name: string): Promise<void> {
    const { lab } = this.#mustHold(learner);
    const host = hostOf(lab, name);
    const state = await lab.hostState(host);
    if (state === 'missing') await lab.replaceHost(host);
    else if (state !== 'running') await lab.mend(state === 'paused' ? 'host-paused' : 'host-down', host);
    // A network cut by a fault is mended, too; mending what is whole succeeds.
    await lab.mend('host-cut-off', host);
  }

  extend(learner: string, minutes?: number): LabView {
    const view = this.#parts.keeper.view(learner);
    if (!view) throw new HttpProblem(409, 'There is no lab to extend. Start one from a lesson.');
    if (minutes !== undefined) this.#parts.keeper.extend(learner, minutes * 60_000);
    else if (!view.extendable)
      throw new HttpProblem(
        409,
        `The lab cannot be extended further: it ends at ${view.endsAt}. What was done in it is kept as progress.`,
      );
    else this.#parts.keeper.extend(learner, view.why === 'idle' ? 0 : hour);
    return this.view(learner);
  }

  async end(learner: string): Promise<void> {
    this.#stages.mustRest(learner);
    this.#stages.clear(learner);
    await this.#leave(learner);
    this.#parts.onChange(learner);
  }

  #freshAt(learner: string, lesson: Lesson, goal: Goal): void {
    void this.#stages.run(learner, lesson.slug, async (say) => {
      const { keeper } = this.#parts;
      const topology = topologies[lesson.topology];
      say('making', 'One host after another comes up, on a network of their own');
      const now = keeper.hold(learner);
      const keep = now?.lab.topology.id === topology.id && keeper.untouched(learner);
      if (!keep) await this.#leave(learner);
      const hold = now && keep ? now : await keeper.take(learner, topology);
      const tell = (text: string) => say('preparing', text);
      tell('Preparing the lesson');
      keeper.used(learner);
      await this.#parts.prepare(hold.lab, lesson, tell);
      await this.#parts.onPrepared(hold, lesson, goal, tell);
      keeper.prepared(learner, lesson.slug);
    });
  }

  async #leave(learner: string): Promise<void> {
    const hold = this.#parts.keeper.hold(learner);
    if (!hold) return;
    await this.#parts.onLeaving(learner, hold.lab);
    // Somebody else may have ended it meanwhile, and taken the next one.
    await this.#parts.keeper.end(learner, hold.lab.id);
  }

  #mustHold(learner: string): Hold {
    this.#stages.mustRest(learner);
    const hold = this.#parts.keeper.hold(learner);
    if (!hold) throw new HttpProblem(409, 'You have no lab. Start one from a lesson.');
    return hold;
  }
}

function hostOf(lab: Lab, name: string): HostName {
  const known = lab.topology.hosts.filter(({ terminals }) => terminals);
  const host = known.find((each) => each.name === name)?.name;
  if (!host)
    throw new HttpProblem(
      404,
      `"${name}" is no host of this lab; it has ${known.map((each) => each.name).join(', ')}.`,
    );
  return host;
}
