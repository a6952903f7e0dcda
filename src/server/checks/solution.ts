/** Runs a step's solution for a learner who skips it; what it answers to questions counts as the learner's answer. */
import type { Lab } from '#sandbox/driver.ts';
import { learnerHosts, type HostName } from '#sandbox/topologies.ts';
import { play } from '../../authoring/play.ts';
import type { Records } from '../../progress/records.ts';
import { HttpProblem } from '../http/route.ts';
import { visibleShell } from './visible-shell.ts';

export interface SolutionParts {
  readonly labOf: (learner: string) => Lab | undefined;
  readonly records: Pick<Records, 'answer'>;
  /** Types in the learner's first terminal of the host. */
  readonly type: (learner: string, host: string, text: string) => Promise<void>;
}

export const runSolution =
  ({ labOf, records, type }: SolutionParts) =>
  async (learner: string, step: string, text: string): Promise<void> => {
    const lab = labOf(learner);
    if (!lab) throw new HttpProblem(409, 'Your lab is not ready, so the solution cannot run in it. Start it first.');
    await refuseDownHosts(lab);
    const host = hostOfScript(text);
    const answer = (question: string, value: string) => records.answer(learner, step, question, value);
    const shell = visibleShell((on, keys) => type(learner, on, keys));
    const { code } = await play(lab, { host, text }, answer, shell);
    if (code === 0) return;
    throw new HttpProblem(
      409,
      `The solution did not go through in your lab as it is now: see the terminal of ${host}. Reset to the start of the lesson, then skip again.`,
    );
  };

/** A solution speaks to every host of the lab: one that is down would keep it waiting. */
async function refuseDownHosts(lab: Lab): Promise<void> {
  const states = await Promise.all(
    lab.topology.hosts.map(async ({ name }) => ({ name, is: await lab.hostState(name) })),
  );
  const down = states.find(({ is }) => is !== 'running');
  if (!down) return;
  throw new HttpProblem(
    409,
    `${down.name} is ${down.is}, so the solution cannot run: start it in the tab Picture, or replace it in the menu Lab. Then skip again.`,
  );
}

/** From the script's head: `# host: redis-2`. */
export function hostOfScript(text: string): HostName {
  const named = /^# host: (.+)$/m.exec(text)?.[1]?.trim();
  return learnerHosts.find((known) => known === named) ?? 'redis-1';
}
