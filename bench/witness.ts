/**
 * What it costs to watch an idle lab: the difference of CPU time between labs that are watched and the same labs left
 * alone, for the server, the engine and everything inside the labs. Needs an engine on this machine that does nothing else.
 */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareLesson } from '#checking/prepare.ts';
import { prepareSentinels } from '#lessons/sentinels.ts';
import { prepareTrio } from '#lessons/trio.ts';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { inRounds } from '../src/leases/rounds.ts';
import { shareHostEvents, startWitness } from '../src/witness/index.ts';
import { bounded, say, type Figure } from './figures.ts';

const labCount = 4;
/** Seconds that each state is measured. */
const seconds = 60;
/** Milliseconds that a state is given to settle. */
const settle = 5_000;
/** The unit of /proc/<pid>/stat, on every Linux that Node runs on. */
const ticksPerSecond = 100;
/** As the server does. */
const diskEvery = 15_000;

type Place = 'server' | 'engine' | 'labs';
type Spent = Readonly<Record<Place, number>>;

export async function* witness(): AsyncGenerator<Figure> {
  const what = 'a watched idle trio with Sentinels';
  const driver = await openDriver();
  const ids = Array.from({ length: labCount }, (_, index) => `bench-${index + 1}`);
  try {
    say(`making ${labCount} labs`);
    const labs: Lab[] = [];
    for (const id of ids) {
      await driver.remove(id);
      const lab = await driver.create(id, topologies.trio);
      const prepared = { slug: 'bench', topology: 'trio', steps: [] } as const;
      await prepareLesson(lab, { ...prepared, prepare: prepareTrio }, () => undefined);
      await prepareLesson(lab, { ...prepared, prepare: prepareSentinels }, () => undefined);
      labs.push(lab);
    }
    say(`${seconds} s without a witness`);
    const alone = await measured();
    for (const viewed of [false, true]) {
      const name = `${what}, ${viewed ? 'a page shows it' : 'no page shows it'}`;
      say(`${seconds} s: ${name}`);
      yield bounded(name, 3, async () => {
        const end = watch(driver, labs, viewed);
        try {
          return { what: name, ...share(await measured(), alone) };
        } finally {
          end.abort();
        }
      });
    }
  } finally {
    for (const id of ids) await driver.remove(id);
  }
}

/** Watches all labs as the server does, their disks included, until aborted. */
function watch(driver: SandboxDriver, labs: readonly Lab[], viewed: boolean): AbortController {
  const end = new AbortController();
  const hostEvents = shareHostEvents(driver, end.signal);
  let events = 0;
  for (const lab of labs) {
    const records = {
      addEvent: <E>(_lab: string, event: E) => ({ ...event, id: (events += 1) }),
      events: () => [],
    };
    const onNothing = () => undefined;
    startWitness({
      lab,
      hostEvents,
      records,
      onEvent: onNothing,
      onPicture: onNothing,
      signal: end.signal,
    }).viewed(viewed);
  }
  inRounds(async () => void (await driver.written()), diskEvery, end.signal);
  return end;
}

async function measured(): Promise<Spent> {
  await pause(settle);
  const before = await processes();
  await pause(seconds * 1_000);
  const after = await processes();
  const spent: Record<Place, number> = { server: 0, engine: 0, labs: 0 };
  // A process that has come since counts whole; one that is gone is not seen, so those that live for less are missed.
  for (const [pid, { place, ticks }] of after) spent[place] += ticks - (before.get(pid)?.ticks ?? 0);
  return spent;
}

/** Percent of a core for each lab. */
function share(watched: Spent, alone: Spent): Pick<Figure, 'figure' | 'beside'> {
  const percent = (place: Place) => ((watched[place] - alone[place]) / ticksPerSecond / seconds / labCount) * 100;
  const places = ['server', 'engine', 'labs'] as const;
  const all = places.reduce((sum, place) => sum + percent(place), 0);
  return {
    figure: `${all.toFixed(2)} % of a core a lab (${labCount} labs, ${seconds} s)`,
    beside: `${places.map((place) => `${place} ${percent(place).toFixed(2)} %`).join(', ')}; aim: under 1 %`,
  };
}

/** CPU time of this process, the engine's, and those in containers; with their children that have ended. */
async function processes(): Promise<ReadonlyMap<string, { readonly place: Place; readonly ticks: number }>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
        const place = placeOf(pid, stat, await readFile(`/proc/${pid}/cgroup`, 'utf8'));
        return place && ([pid, { place, ticks: ticksOf(stat) }] as const);
      } catch {
        // It has ended meanwhile.
        return undefined;
      }
    }),
  );
  return new Map(found.filter((each) => each !== undefined));
}

function placeOf(pid: string, stat: string, cgroup: string): Place | undefined {
  if (pid === String(process.pid)) return 'server';
  if (/\((dockerd|containerd\S*)\)/.test(stat)) return 'engine';
  return /docker[/-][0-9a-f]{64}/.test(cgroup) ? 'labs' : undefined;
}

/** utime, stime, cutime and cstime: the 12th to 15th field after the name in brackets. */
function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}
