/** How long a lab takes, cold and with the lesson prepared, and what an idle one costs. */
import { loadLessons } from '#checking/catalogue.ts';
import { prepareLesson } from '#checking/prepare.ts';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { milliseconds, repeat, timed, type Figure } from './figures.ts';

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

export async function labs(): Promise<readonly Figure[]> {
  const driver = await openDriver();
  const cold = await repeat(times, async () => {
    const taken = await timed(() => driver.create('bench', topologies.trio));
    await driver.remove('bench');
    return taken;
  });
  const prompts = await withLab(driver, 'trio', (lab) =>
    repeat(times, () =>
      timed(async () => {
        const terminal = await lab.openTerminal('redis-1', { cols: 80, rows: 24 });
        for await (const bytes of terminal.output) if (String(bytes).includes('$')) break;
        await terminal.close();
      }),
    ),
  );
  return [
    {
      what: 'cold lab of a trio (and the platform’s host)',
      figure: milliseconds(cold),
      beside: 'aim: at most 1 500 ms',
    },
    { what: 'from a ready lab to the first prompt', figure: milliseconds(prompts), beside: 'aim: at most 300 ms' },
  ];
}

export async function prepare(): Promise<readonly Figure[]> {
  const driver = await openDriver();
  const { lessons } = await loadLessons();
  return repeat(lessons.length, async (turn) => {
    const lesson = lessons[turn]?.lesson;
    if (!lesson) throw new Error('the course changed while it was measured');
    const taken = await repeat(3, () =>
      withLab(driver, lesson.topology, (lab) => timed(() => prepareLesson(lab, lesson, () => undefined))),
    );
    return { what: `prepare ${lesson.slug}`, figure: milliseconds(taken), beside: 'aim: at most 10 000 ms' };
  });
}

/** Megabytes of the hosts' own pages (anonymous memory), as their cgroups count them; version 1 and 2 of cgroups. */
async function memoryOf(lab: Lab): Promise<number> {
  const script =
    'cat /sys/fs/cgroup/memory.stat /sys/fs/cgroup/memory/memory.stat 2>/dev/null | awk \'$1 == "anon" || $1 == "total_rss" {print $2; exit}\'';
  const used = await Promise.all(
    lab.topology.hosts.map(async ({ name }) => Number((await lab.run(name, script)).stdout.trim()) / 1e6),
  );
  return used.reduce((sum, one) => sum + one, 0);
}

export async function idle(): Promise<readonly Figure[]> {
  const driver = await openDriver();
  const { lessons } = await loadLessons();
  const figures: Figure[] = [];
  for (const slug of ['manual-failover', 'critical-alerts']) {
    const lesson = lessons.find((entry) => entry.lesson.slug === slug)?.lesson;
    if (!lesson) throw new Error(`there is no lesson ${slug}`);
    const used = await withLab(driver, lesson.topology, async (lab) => {
      await prepareLesson(lab, lesson, () => undefined);
      return memoryOf(lab);
    });
    figures.push({
      what: `memory of an idle lab, ${slug} (${lesson.topology})`,
      figure: `${used.toFixed(0)} MB of anonymous memory`,
    });
  }
  return figures;
}
