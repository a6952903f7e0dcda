/** One step of the set-up, and how it is shown. */
import { stripVTControlCharacters } from 'node:util';

export interface Step {
  readonly title: string;
  /** A cheap look, without the network: what is done is skipped without a word. */
  isDone(): boolean | Promise<boolean>;
  run(say: Say): Promise<void>;
}

/** What the step is at just now. */
export type Say = (detail: string) => void;

export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const firstProgress = 2_000;
const nextProgress = 5_000;

export async function takeSteps(steps: readonly Step[], screen: Screen = process.stdout): Promise<void> {
  for (const step of steps) {
    if (await step.isDone()) continue;
    await take(step, screen);
  }
}

async function take({ title, run }: Step, screen: Screen): Promise<void> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  let detail = '';
  const show = () => {
    const line = `  … ${title} (${seconds()} s)${detail && `: ${detail.slice(0, 90)}`}`;
    // A terminal keeps one line up to date; a log gets a line now and then.
    screen.write(screen.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
  };
  screen.write(`→ ${title}\n`);
  let timer = setTimeout(function tick() {
    show();
    timer = setTimeout(tick, screen.isTTY ? 1_000 : nextProgress);
  }, firstProgress);
  try {
    await run((text) => (detail = plainLine(text)));
  } finally {
    clearTimeout(timer);
    if (screen.isTTY) screen.write('\r\u001B[K');
  }
  screen.write(`✓ ${title} (${seconds()} s)\n`);
}

/** The first line, without colours. */
function plainLine(text: string): string {
  return (
    stripVTControlCharacters(text)
      .trim()
      .split(/[\r\n]/, 1)[0] ?? ''
  );
}
