/** The running workshops: what the records do not hold (who was seen when, who asked for help), and the open boards. */
import type { WebSocket } from 'ws';
import type { BoardMessage, BoardView, HelpView, RowView, StepSummary, WorkshopState } from '#shared/board.ts';
import type { StepId } from '#shared/wire.ts';
import { byNeed, rowOf, summariesOf } from '../../workshops/board.ts';
import { isForTimeline, isOfHelp, sentenceOf } from '../../workshops/log.ts';
import type { Happening } from '../../workshops/records.ts';
import { stateOf, viewOf, type Member, type Workshop } from '../../workshops/workshop.ts';
import type { LearnerEvent, WorkshopPorts } from './ports.ts';

/** A learner's changes within this time reach the boards as one row. Milliseconds. */
const coalesce = 100;
/** Between two looks at what time alone has changed. Milliseconds. */
const tick = 15_000;

interface Presence {
  lastSeen: Date | undefined;
  lastCommand: RowView['lastCommand'];
}

export class Classroom {
  readonly #ports: WorkshopPorts;
  readonly #presence = new Map<string, Presence>();
  readonly #boards = new Map<string, Set<WebSocket>>();
  /** Learners whose rows are to be told at the end of the present pause. */
  readonly #due = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** Rows as last computed, per workshop: medians and summaries come from them without asking the records again. */
  readonly #rows = new Map<string, Map<string, RowView>>();

  /** Workshops begin and end by the clock: what each was when it was last looked at. */
  readonly #states = new Map<string, WorkshopState>();
  readonly #onMember: (learner: string) => void;
  readonly #clock: NodeJS.Timeout;

  /** `onMember` hears of a member whose call for help, workshop or membership has changed. */
  constructor(ports: WorkshopPorts, onMember: (learner: string) => void) {
    this.#ports = ports;
    this.#onMember = onMember;
    this.#clock = setInterval(() => this.timePassed(), tick).unref();
  }

  /** Something of the learner changed: tell the boards of their workshop soon. */
  learnerDid(learner: string, event: LearnerEvent): void {
    const now = this.#ports.now();
    const presence = this.#presence.get(learner) ?? { lastSeen: undefined, lastCommand: undefined };
    presence.lastSeen = now;
    if (event.what === 'command')
      presence.lastCommand = { host: event.host, status: event.status, at: now.toISOString() };
    this.#presence.set(learner, presence);
    this.refresh(learner);
  }

  /** Keeps what happened, tells it on the learner's timeline where it belongs there, and on the boards. */
  record(happening: Omit<Happening, 'at'>): void {
    this.#ports.workshops.happened({ ...happening, at: this.#ports.now() });
    if (isForTimeline(happening)) this.#ports.note(happening.learner, sentenceOf(happening), happening.by);
    if (isOfHelp(happening)) this.#onMember(happening.learner);
    this.refresh(happening.learner);
  }

  refresh(learner: string): void {
    this.#due.add(learner);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const due = [...this.#due].flatMap((one) => this.#ports.workshops.membership(one) ?? []);
      this.#due.clear();
      for (const [id, members] of Map.groupBy(due, ({ workshop }) => workshop))
        this.#tellRows(id, this.#rowsNow(id, members));
    }, coalesce).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#clock);
  }

  /**
   * Silence, a long time in a step and a workshop's beginning and end are no events: boards and members are told of
   * what has changed by itself.
   */
  timePassed(): void {
    for (const workshop of this.#ports.workshops.all()) {
      const state = stateOf(workshop, this.#ports.now());
      const before = this.#states.get(workshop.id);
      this.#states.set(workshop.id, state);
      if (before !== undefined && before !== state) this.workshopChanged(workshop);
    }
    for (const id of this.#boards.keys()) {
      const known = this.#rows.get(id);
      const rows = this.#rowsNow(id, this.#ports.workshops.members(id));
      const changed = rows.filter((row) => known?.get(row.learner)?.why.join() !== row.why.join());
      if (changed.length > 0) this.#tellRows(id, changed);
    }
  }

  board(workshop: Workshop): BoardView {
    const members = this.#ports.workshops.members(workshop.id);
    const steps = this.steps(workshop);
    const medians = this.#medians(workshop.id, steps);
    const rows = new Map(members.map((member) => [member.learner, this.#row(member, steps, medians)]));
    this.#rows.set(workshop.id, rows);
    return {
      workshop: viewOf(workshop, members.length, this.#ports.now()),
      rows: [...rows.values()].toSorted(byNeed),
      steps: summariesOf(steps, [...rows.values()]),
    };
  }

  open(workshop: Workshop, socket: WebSocket): void {
    const sockets = this.#boards.get(workshop.id) ?? new Set();
    this.#boards.set(workshop.id, sockets.add(socket));
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0 && this.#boards.get(workshop.id) === sockets) this.#boards.delete(workshop.id);
    });
    socket.send(JSON.stringify({ type: 'board', board: this.board(workshop) } satisfies BoardMessage));
  }

  /** Somebody joined. */
  memberCame(workshop: Workshop): void {
    const board = this.board(workshop);
    if (this.#boards.has(workshop.id)) this.#tell(workshop.id, { type: 'board', board });
  }

  /** The workshop itself changed (paused, extended, opened, begun, ended). */
  workshopChanged(workshop: Workshop): void {
    this.memberCame(workshop);
    for (const { learner } of this.#ports.workshops.members(workshop.id)) this.#onMember(learner);
  }

  /** Erases a learner's membership and what happened to them. Their own records are erased by their room. */
  forget(learner: string): void {
    const workshop = this.#ports.workshops.membership(learner)?.workshop;
    this.#ports.workshops.erase(learner);
    this.#presence.delete(learner);
    if (workshop === undefined) return;
    this.#onMember(learner);
    this.#rows.get(workshop)?.delete(learner);
    this.#tell(workshop, { type: 'gone', learner });
  }

  steps(workshop: Workshop): readonly StepId[] {
    const places = new Map(this.#ports.lessons().map((lesson) => [lesson.slug, lesson.steps]));
    return workshop.lessons.flatMap((slug) => places.get(slug) ?? []);
  }

  /** The step most of the class is at; what a late joiner may be brought to. */
  classStep(workshop: Workshop): StepId | undefined {
    if (!this.#rows.has(workshop.id)) this.board(workshop);
    const at = Map.groupBy(
      [...(this.#rows.get(workshop.id)?.values() ?? [])].flatMap((row) => row.step ?? []),
      (step) => step,
    );
    return [...at.entries()].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
  }

  /** The open call for help of a learner, if any. */
  help(member: Member): HelpView | undefined {
    const log = this.#ports.workshops.happenings(member.workshop, member.learner);
    const over = log.findLastIndex(({ kind }) => kind === 'help-answered' || kind === 'help-taken-back');
    // Words that follow keep the place in the queue.
    const calls = log.slice(over + 1).filter(({ kind }) => kind === 'help');
    const [first, last] = [calls[0], calls.at(-1)];
    if (!first || !last) return undefined;
    const verdict = this.#ports.records.progress(member.learner).find((one) => one.step === last.step)?.verdict;
    const finding = verdict?.findings.find((one) => one.state === 'unmet')?.seen;
    return {
      at: first.at.toISOString(),
      text: calls.findLast(({ text }) => text !== '')?.text ?? '',
      ...(last.step === undefined ? {} : { step: last.step }),
      ...(finding === undefined ? {} : { finding }),
    };
  }

  #row(member: Member, steps: readonly StepId[], medians: ReadonlyMap<StepId, number>): RowView {
    const presence = this.#presence.get(member.learner);
    const facts = {
      member,
      progress: this.#ports.records.progress(member.learner),
      attempts: this.#ports.records.attempts(member.learner),
      help: this.help(member),
      lastCommand: presence?.lastCommand,
      lastSeen: presence?.lastSeen,
    };
    return rowOf(facts, steps, medians, this.#ports.now());
  }

  #summaries(workshop: string, steps: readonly StepId[]): readonly StepSummary[] {
    return summariesOf(steps, [...(this.#rows.get(workshop)?.values() ?? [])]);
  }

  #medians(workshop: string, steps: readonly StepId[]): ReadonlyMap<StepId, number> {
    const known = this.#summaries(workshop, steps).flatMap(({ step, medianSeconds }) =>
      medianSeconds === undefined ? [] : [[step, medianSeconds] as const],
    );
    return new Map(known);
  }

  /** None for a workshop whose board nobody has opened since the server started. */
  #rowsNow(id: string, members: readonly Member[]): readonly RowView[] {
    const workshop = this.#ports.workshops.get(id);
    if (!workshop || !this.#rows.has(id)) return [];
    const steps = this.steps(workshop);
    const medians = this.#medians(id, steps);
    return members.map((member) => this.#row(member, steps, medians));
  }

  /** Many rows may change in one pause: what is said of the steps is computed once for all of them. */
  #tellRows(id: string, rows: readonly RowView[]): void {
    const workshop = this.#ports.workshops.get(id);
    const known = this.#rows.get(id);
    if (!workshop || !known) return;
    for (const row of rows) known.set(row.learner, row);
    const summaries = this.#summaries(id, this.steps(workshop));
    for (const row of rows) this.#tell(id, { type: 'row', row, steps: summaries });
  }

  #tell(workshop: string, message: BoardMessage): void {
    const text = JSON.stringify(message);
    for (const socket of this.#boards.get(workshop) ?? []) socket.send(text);
  }
}
