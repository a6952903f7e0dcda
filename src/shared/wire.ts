/**
 * What page and server say to each other. Types only in this file; the server checks what comes in with the zod schemas
 * beside each room's handlers. Times are ISO 8601 strings in UTC.
 */

import type { MembershipView } from './board.ts';

/** 'lesson/step' */
export type StepId = string;

export interface FindingView {
  readonly criterion: string;
  readonly asks: string;
  readonly state: 'met' | 'unmet' | 'unverifiable' | 'waiting';
  readonly seen: string;
  readonly tryThis?: string;
  /** A drill runs only on the check button. */
  readonly drill: boolean;
}

export interface VerdictView {
  readonly step: StepId;
  readonly at: string;
  /** met: every criterion met or unverifiable · unmet: else · failed: the check itself could not be done (see trouble) */
  readonly state: 'met' | 'unmet' | 'failed';
  readonly findings: readonly FindingView[];
  /** Why a check could not be done, and what to do. */
  readonly trouble?: string;
  readonly milliseconds: number;
}

export type StepState = 'open' | 'at-work' | 'done' | 'skipped';

export interface StepProgress {
  readonly step: StepId;
  readonly state: StepState;
  /** When the learner came to it. */
  readonly begunAt?: string;
  /** First passing attempt, or the skip. */
  readonly at?: string;
  readonly solutionSeen: boolean;
  readonly answers: Readonly<Record<string, string>>;
  readonly verdict?: VerdictView;
}

/** GET /api/me/record: what a learner has shown, to be kept or printed. */
export interface RecordView {
  /** As the learner joined a workshop with; undefined at home. */
  readonly name?: string;
  readonly steps: readonly RecordedStep[];
}
export interface RecordedStep extends Pick<StepProgress, 'step' | 'state' | 'at' | 'solutionSeen'> {
  /** Of the check that showed the step done. */
  readonly verdict?: VerdictView;
}

export interface LabView {
  /** none: no lab yet · making/preparing: see `progress` · ready · broken: see `trouble` */
  readonly state: 'none' | 'making' | 'preparing' | 'ready' | 'broken';
  readonly id?: string;
  /** The lesson that the lab was prepared for. */
  readonly lesson?: string;
  readonly hosts: readonly string[];
  readonly addresses: Readonly<Record<string, string>>;
  readonly progress?: string;
  readonly trouble?: string;
  readonly lease?: LeaseView;
}

export interface LeaseView {
  readonly endsAt: string;
  /** What ends it: nobody working, or the lab's whole time. */
  readonly why: 'idle' | 'absolute';
  /** Whether one click gives more time. */
  readonly extendable: boolean;
}

/** The live picture: what each host was last seen doing. */
export interface PictureView {
  readonly at: string;
  readonly hosts: readonly HostPicture[];
}
export interface HostPicture {
  readonly host: string;
  readonly state: 'unseen' | 'running' | 'paused' | 'stopped' | 'missing';
  readonly redis?: RedisPicture;
  readonly sentinel?: { readonly master?: string; readonly quorum?: number; readonly others: number };
  /** Other services that answer: prometheus, exporter, alertmanager, grafana. */
  readonly services: readonly string[];
}
export interface RedisPicture {
  readonly role: 'master' | 'replica';
  /** Host name of the master a replica follows, or its address when it is no host of the lab. */
  readonly follows?: string;
  readonly linkUp?: boolean;
  /** Bytes behind the master, when known. */
  readonly lag?: number;
  readonly usedMemory: number;
  readonly maxMemory: number;
  readonly opsPerSecond: number;
  readonly keys: number;
  readonly aof: boolean;
  readonly runId: string;
}

/** One dated event of a lab, append-only. `kind` is one of a closed list, see shared/timeline.ts. */
export interface TimelineEvent {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly host?: string;
  /** One sentence for people. */
  readonly text: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

export interface InboxMessage {
  readonly id: number;
  readonly at: string;
  readonly channel: 'email' | 'chat' | 'sentinel';
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** As it came over the wire. */
  readonly raw: string;
}

/** GET /api/lab/services: a web page inside the lab, and where the browser opens it. */
export interface ServiceView {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** On an origin of its own. */
  readonly url: string;
  readonly up: boolean;
  /** This installation does not have it: the operator would have to provide it. */
  readonly lacking?: true;
}

/** GET /api/lab/charts: the last ten minutes as the learner's Prometheus tells them. */
export interface ChartsView {
  /** False when Prometheus does not answer. */
  readonly up: boolean;
  readonly charts: readonly ChartView[];
}
export interface ChartView {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Points are [seconds since 1970, value]. */
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

export interface TerminalView {
  readonly id: string;
  readonly host: string;
  readonly title: string;
  readonly alive: boolean;
}

/** Words that appear beside a step, or above the lesson. */
export interface Notice {
  readonly type: 'notice';
  /** There where `hello` may bring it again: the page remembers which ones were dismissed. */
  readonly id?: string;
  readonly from: 'course' | 'instructor';
  /** The instructor's name. */
  readonly by?: string;
  readonly text: string;
  readonly step?: StepId;
  readonly command?: string;
}

/** Pushed on WS /live. The page shows the last of each; `hello` carries the whole state. */
export type LiveMessage =
  | {
      readonly type: 'hello';
      readonly lab: LabView;
      readonly progress: readonly StepProgress[];
      readonly terminals: readonly TerminalView[];
      readonly picture?: PictureView;
      readonly timeline: readonly TimelineEvent[];
      readonly inbox: readonly InboxMessage[];
      /** What instructors have said, oldest first. */
      readonly notices: readonly Notice[];
      /** Undefined where the learner is in no workshop. */
      readonly membership?: MembershipView;
    }
  | { readonly type: 'lab'; readonly lab: LabView }
  | { readonly type: 'terminals'; readonly terminals: readonly TerminalView[] }
  | { readonly type: 'checking'; readonly step: StepId; readonly say?: string }
  | { readonly type: 'verdict'; readonly verdict: VerdictView }
  | { readonly type: 'progress'; readonly progress: StepProgress }
  | { readonly type: 'picture'; readonly picture: PictureView }
  | { readonly type: 'timeline'; readonly event: TimelineEvent }
  | { readonly type: 'inbox'; readonly message: InboxMessage }
  | Notice
  /** Something of the learner's workshop has changed: its state, a call for help, who looks, types or shows. */
  | { readonly type: 'membership'; readonly membership?: MembershipView }
  /** The server ends: the page reconnects with back-off. */
  | { readonly type: 'bye' };

/** WS /terminal?id=…: binary messages are raw tty bytes both ways; text messages are these. */
export type TerminalToServer =
  /** So many more bytes have been parsed (or dropped as stale). */
  | { readonly type: 'ack'; readonly bytes: number }
  /** The room that the page's pane has. The terminal takes the size of the pane that was typed in last. */
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }
  /** After `ended`: a new shell, under what is on the screen. */
  | { readonly type: 'start-again' };
export type TerminalToPage =
  /** All that came before is stale: the next `bytes` binary bytes are the whole screen at this size. The shell lives unless `ended` follows. */
  | {
      readonly type: 'screen';
      readonly cols: number;
      readonly rows: number;
      readonly bytes: number;
      readonly owner: boolean;
    }
  | { readonly type: 'size'; readonly cols: number; readonly rows: number }
  | { readonly type: 'ended'; readonly status: number };

/** RFC 9457, the body of every error answer of /api. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** What happened, with the sender's own value, and what to do next. */
  readonly detail: string;
}
