/** What the instructor's board and the server say to each other. Types only. Times are ISO 8601 strings in UTC. */
import type { StepId } from './wire.ts';

export type WorkshopState = 'planned' | 'running' | 'paused' | 'ended' | 'archived';

export interface WorkshopView {
  readonly id: string;
  readonly title: string;
  /** Slugs, in the order of the workshop. */
  readonly lessons: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly seats: number;
  /** Eight characters without look-alikes; learners type it at /join/. */
  readonly code: string;
  readonly state: WorkshopState;
  /** all: every lesson may be entered · opened: only what the instructor has opened (`opened`) */
  readonly openness: 'all' | 'opened';
  readonly opened: readonly string[];
  readonly solutions: 'open' | 'locked';
  readonly members: number;
  /** Who made it. */
  readonly instructor: string;
  /** Who may act in it. */
  readonly instructors: readonly string[];
  /** When its learners' data was removed because its time was over. */
  readonly clearedAt?: string;
}

export type CellState = 'not-begun' | 'at-work' | 'failing' | 'done' | 'skipped';

export interface CellView {
  readonly step: StepId;
  readonly state: CellState;
  /** The first criterion that is unmet, by its id, with the finding's own words. */
  readonly criterion?: string;
  readonly finding?: string;
  readonly solutionSeen: boolean;
  /** Seconds in the step: until now when at work, until it was done otherwise. */
  readonly seconds?: number;
}

export interface HelpView {
  readonly at: string;
  readonly step?: StepId;
  readonly finding?: string;
  readonly text: string;
}

export interface RowView {
  readonly learner: string;
  readonly name: string;
  /** Stands for the name where names are hidden; in the order of joining, from 1. */
  readonly number: number;
  readonly joinedAt: string;
  /** The step worked at last. */
  readonly step?: StepId;
  readonly cells: readonly CellView[];
  readonly lastCommand?: { readonly host: string; readonly status: number; readonly at: string };
  readonly lastSeen?: string;
  readonly help?: HelpView;
  /** Higher needs help sooner; 0 is fine. */
  readonly need: number;
  /** Why, in words: 'asked for help', 'same criterion 4 times', '2.0 × the median', 'silent for 12 min'. */
  readonly why: readonly string[];
}

export interface StepSummary {
  readonly step: StepId;
  readonly through: number;
  readonly medianSeconds?: number;
  /** First and third quartile. */
  readonly spreadSeconds?: readonly [number, number];
  /** The criterion that is unmet for most learners now. */
  readonly failing?: { readonly criterion: string; readonly finding: string; readonly learners: number };
}

export interface BoardView {
  readonly workshop: WorkshopView;
  readonly rows: readonly RowView[];
  readonly steps: readonly StepSummary[];
}

/** Pushed on WS /board?workshop=… */
export type BoardMessage =
  | { readonly type: 'board'; readonly board: BoardView }
  | { readonly type: 'row'; readonly row: RowView; readonly steps: readonly StepSummary[] }
  | { readonly type: 'gone'; readonly learner: string }
  | { readonly type: 'workshop'; readonly workshop: WorkshopView };

/** What the learner's page knows of the workshop. */
export interface MembershipView {
  readonly workshop: WorkshopView;
  readonly name: string;
  /** The step most of the class is at, for a late joiner. */
  readonly classStep?: StepId;
  readonly helpAskedAt?: string;
  /** Who shows which of their terminals to all now. */
  readonly showing?: { readonly by: string; readonly host: string; readonly terminal: string };
  /** Who looks into a terminal of this learner's now. */
  readonly lookers: readonly string[];
  /** Who has asked for leave to type, and who has it. */
  readonly asksToType?: string;
  readonly mayType?: string;
}
