/** What the npm commands do, once there is a Node that runs TypeScript: the set-up they need, then their work. */
import { EngineUnreachable } from '#sandbox/driver.ts';
import { withLock } from './first/lock.mjs';
import { setupFolder } from './places.ts';
import { takeSteps } from './step.ts';
import type { Step } from './step.ts';
import { SetupTrouble } from './trouble.ts';

interface Command {
  /** Loaded when needed: help and a second start shall be quick. */
  steps(): Promise<readonly Step[]>;
  work(words: readonly string[]): Promise<void>;
}

const machines = async () => {
  const { engine } = await import('./steps/engine.ts');
  const { baseImage } = await import('./steps/base-image.ts');
  const { packages } = await import('./steps/packages.ts');
  const { labImages } = await import('./steps/lab-images.ts');
  return [engine, packages, baseImage, labImages];
};
const pages = async () => [(await import('./steps/pages.ts')).pages];
const browser = async () => [(await import('./steps/browser.ts')).browser];

/** The modules below are programs: they read process.argv and go on by themselves. */
const commands: Readonly<Record<string, Command>> = {
  start: {
    steps: async () => [...(await machines()), ...(await pages())],
    work: () => runProgram('../src/server/main.ts', []),
  },
  dev: { steps: machines, work: () => runProgram('../src/server/main.ts', ['--dev']) },
  lesson: { steps: machines, work: (words) => runProgram('../src/authoring/main.ts', words) },
  bench: {
    steps: async () => [...(await machines()), ...(await pages()), ...(await browser())],
    work: (words) => runProgram('../bench/main.ts', words),
  },
  test: {
    steps: async () => [...(await machines()), ...(await pages()), ...(await browser())],
    work: async () => (await import('./test/run-tests.ts')).runTests(),
  },
};

async function runProgram(file: string, words: readonly string[]): Promise<void> {
  process.argv = [process.argv[0] ?? 'node', new URL(file, import.meta.url).pathname, ...words];
  await import(file);
}

const [name = 'start', ...words] = process.argv.slice(2);
const command = commands[name];
try {
  if (command === undefined)
    throw new SetupTrouble(`There is no command ${name}; there are ${Object.keys(commands).join(', ')}.`);
  if (name !== 'lesson' && words.some((word) => word === '--help' || word === '-h')) {
    console.log((await import('./help.ts')).help());
  } else {
    const steps = await command.steps();
    // Two at once would build the same image twice, and write the same pages.
    await withLock(setupFolder, () => takeSteps(steps));
    await command.work(words);
  }
} catch (error) {
  const plain = error instanceof SetupTrouble || error instanceof EngineUnreachable;
  console.error(plain ? error.message : error);
  process.exit(1);
}
