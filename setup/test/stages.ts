/** What `npm test` runs, in this order. */
import { program } from '../places.ts';
import { inQuietNetwork } from './quiet-network.ts';

export interface Stage {
  readonly name: string;
  /** Each command in turn; the first that fails fails the stage. */
  readonly commands: readonly (readonly [string, ...string[]])[];
  /** When it takes longer, it hangs: it is killed with everything it started, and has failed. */
  readonly limitMinutes: number;
}

export const stages = (): readonly Stage[] => [
  {
    name: 'types',
    commands: [
      [program('astro'), 'sync', '--silent'],
      [program('tsc'), '--noEmit'],
    ],
    limitMinutes: 4,
  },
  { name: 'lint', commands: [[program('oxlint'), '--deny-warnings']], limitMinutes: 2 },
  { name: 'format', commands: [[program('prettier'), '--check', '--log-level', 'warn', '.']], limitMinutes: 2 },
  { name: 'unit', commands: [[program('vitest'), 'run', '--project', 'unit']], limitMinutes: 6 },
  { name: 'engine', commands: [[program('vitest'), 'run', '--project', 'engine']], limitMinutes: 28 },
  { name: 'browser', commands: [inQuietNetwork([program('playwright'), 'test', '--config', 'e2e'])], limitMinutes: 28 },
];
