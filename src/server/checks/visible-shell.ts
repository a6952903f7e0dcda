/** Runs a solution in the learner's own terminal, where each line is shown before it runs. */
import type { HostName } from '#sandbox/topologies.ts';
import type { Shell } from '../../authoring/play.ts';
import { HttpProblem } from '../http/route.ts';

const patience = { start: 8_000, end: 180_000 };

/** `type` types into the host's first terminal. */
export const visibleShell =
  (type: (host: HostName, text: string) => Promise<void>): Shell =>
  async ({ lab, host, folder, functions }) => {
    const asLearner = { user: 'learner' } as const;
    // `set -v` shows the script's lines as the shell reads them; the functions are defined before it, unseen.
    const solution = `${functions}\necho > ${folder}/started; cd; ( set -v; . ${folder}/script ); echo $? > ${folder}/ended\n`;
    await lab.run(host, `cd ${folder} && mkfifo started ended && cat > solution`, { ...asLearner, input: solution });
    // What runs in the terminal is ended first, as a person would: the shell must read the next line.
    await type(host, `\x03 bash --login ${folder}/solution\r`);
    const wait = (what: keyof typeof patience, fifo: string) =>
      lab.run(host, ['cat', `${folder}/${fifo}`], { ...asLearner, timeout: patience[what] });
    if ((await wait('start', 'started')).timedOut) {
      throw new HttpProblem(409, `Something runs in the terminal of ${host}. End it, then skip the step again.`);
    }
    const ended = await wait('end', 'ended');
    return {
      code: Number(ended.stdout) || (ended.timedOut ? 124 : 0),
      stdout: '',
      stderr: '',
      timedOut: ended.timedOut,
    };
  };
