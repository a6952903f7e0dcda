/** The commands of `npm run lesson`, each with its own help. They answer with the exit status. */
import { makeLesson } from './make-lesson.ts';
import { prove } from './prove.ts';
import { shell } from './shell.ts';
import { tryScript } from './try-script.ts';

export interface AuthorCommand {
  readonly usage: string;
  readonly help: string;
  run(words: readonly string[]): Promise<number>;
}

export const commands: Readonly<Record<string, AuthorCommand>> = {
  new: {
    usage: 'new <name>',
    help: 'Makes the folder of a new lesson and its checker: it builds, and its proof passes.',
    run: makeLesson,
  },
  try: {
    usage: 'try <lesson/step> [script.sh] [--expect met|unmet] [--json]',
    help: 'Runs a script as the learner on a fresh lab, checks with drills, and says every finding. No script: the untouched lab.',
    run: tryScript,
  },
  prove: {
    usage: 'prove <lesson> [step/trial]',
    help: 'The two-sided proof: untouched unmet, solutions met, undone unmet, every wrong way unmet with its message.',
    run: (words) => prove(words, false),
  },
  record: {
    usage: 'record <lesson> [step/trial]',
    help: 'The same, and writes what was seen to checkers/evidence, where unit tests judge it again.',
    run: (words) => prove(words, true),
  },
  shell: {
    usage: 'shell <lesson/step> [host]',
    help: 'A fresh lab at the beginning of a step, with you as the learner. Checks when you leave the shell.',
    run: shell,
  },
  help: {
    usage: 'help',
    help: 'This text.',
    run: async () => {
      console.log(
        `npm run lesson -- <command>\n${Object.values(commands)
          .map(({ usage, help }) => `\n  ${usage}\n      ${help}`)
          .join('')}`,
      );
      return 0;
    },
  },
};
