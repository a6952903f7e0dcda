/** How long a lab takes, cold and with the lesson prepared, and what an idle one costs. */
import { loadLessons } from '#checking/catalogue.ts';
import { prepareLesson } from '#checking/prepare.ts';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import { openBench, stepName } from '../src/authoring/bench.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { readStepScripts } from '../src/authoring/script.ts';
import { bounded, milliseconds, repeat, say, timed, type Figure } from './figures.ts';

const times = 5;

async function withLab<T>(
  driver: SandboxDriver,
  topology: keyof typeof topologies,
  use: (lab: Lab) => Promise<T>,
): Promise<T> {
  const lab = await driver.create('bench', topologies[topology]);
  try {
    return await use(lab);
  } finally {
    await driver.remove('bench');
  }
}

export async function* labs(): AsyncGenerator<Figure> {
  const driver = await openDriver();
  const cold = await repeat(times, async () => {
    const taken = await timed(() => driver.create('bench', topologies.trio));
    await driver.remove('bench');
    return taken;
  });
  yield {
    what: 'cold lab of a trio (and the platform’s host)',
    figure: milliseconds(cold),
    beside: 'aim: at most 1 500 ms',
  };
}

export async function* prepare(): AsyncGenerator<Figure> {
  const driver = await openDriver();
  const { lessons } = await loadLessons();
  for (const { lesson } of lessons) {
    say(`preparing ${lesson.slug} three times`);
    yield bounded(`prepare ${lesson.slug}`, 3, async () => {
      const taken = await repeat(3, () =>
        withLab(driver, lesson.topology, (lab) => timed(() => prepareLesson(lab, lesson, () => undefined))),
      );
      return { what: `prepare ${lesson.slug}`, figure: milliseconds(taken), beside: 'aim: at most 10 000 ms' };
    });
  }
}

/** Megabytes of the hosts' own pages (anonymous memory), as their cgroups count them; version 1 and 2 of cgroups. */
async function memoryOf(lab: Lab): Promise<ReadonlyMap<string, number>> {
  const script =
    'cat /sys/fs/cgroup/memory.stat /sys/fs/cgroup/memory/memory.stat 2>/dev/null | awk \'$1 == "anon" || $1 == "total_rss" {print $2; exit}\'';
  const used = lab.topology.hosts.map(
    async ({ name }) => [name, Number((await lab.run(name, script)).stdout.trim()) / 1e6] as const,
  );
  return new Map(await Promise.all(used));
}

/** The memory of labs in which every service of their last step runs, with witness and inbox as a learner's lab has them. */
export async function* idle(): AsyncGenerator<Figure> {
  const driver = await openDriver();
  const { lessons } = await loadLessons();
  for (const slug of ['manual-failover', 'critical-alerts']) {
    const entry = lessons.find(({ lesson }) => lesson.slug === slug);
    const step = entry?.lesson.steps.at(-1);
    if (!entry || !step) throw new Error(`there is no lesson ${slug}`);
    const what = `memory of an idle lab after ${slug} (${entry.lesson.topology})`;
    yield bounded(what, 6, async () => {
      const bench = await openBench({ driver, entry, step, say });
      try {
        say(`running the solution of ${step.checker.step}`);
        await bench.run((await readStepScripts(entry.path, stepName(step))).solution);
        const used = await memoryOf(bench.lab);
        const each = [...used].map(([host, megabytes]) => `${host} ${megabytes.toFixed(0)}`).join(', ');
        const all = [...used.values()].reduce((sum, one) => sum + one, 0);
        return { what, figure: `${all.toFixed(0)} MB of anonymous memory`, beside: each };
      } finally {
        await bench.close();
      }
    });
  }
}
