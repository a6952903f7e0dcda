/** What happened between instructor and learner, as sentences: the same on the learner's timeline and in the instructor's log. */
import type { Happening } from './records.ts';

type Told = Pick<Happening, 'kind' | 'text' | 'by'>;

const deeds: Readonly<Record<Happening['kind'], (text: string) => string>> = {
  joined: () => 'joined',
  help: (text) => (text ? `asked for help: ${text}` : 'asked for help'),
  'help-taken-back': () => 'took the call for help back',
  'help-answered': (text) => `answered: ${text}`,
  message: (text) => `said: ${text}`,
  look: (text) => `looked into ${text}`,
  typed: (text) => text,
  reset: () => 'reset the lab',
  brought: (text) => `brought the lab to ${text}`,
  time: (text) => `gave ${text}`,
  unlock: (text) => `unlocked the solution of ${text}`,
};

export const sentenceOf = ({ kind, text, by }: Told): string => `${by} ${deeds[kind](text)}`;

/** What the learner's timeline tells, too: what was done to the lab or seen of it. Words have their place beside the step. */
const told: ReadonlySet<Happening['kind']> = new Set(['look', 'typed', 'reset', 'brought', 'time', 'unlock']);

/** Whether a call for help has come or gone by it. */
export const isOfHelp = ({ kind }: Pick<Happening, 'kind'>): boolean =>
  kind === 'help' || kind === 'help-answered' || kind === 'help-taken-back';

export const isForTimeline = ({ kind }: Pick<Happening, 'kind'>): boolean => told.has(kind);
