/** Removes the labs of test runs that were killed before they could do it themselves. */
import { readFileSync } from 'node:fs';
import type Docker from 'dockerode';
import { removeContainer } from './lab.ts';
import { label } from './labels.ts';
import type { Labels } from './labels.ts';

const tooOld = 2 * 60 * 60 * 1000;

/** Names a process so that another one with the same number is not taken for it. */
export function ownerOf(pid: number): string {
  return `${pid}@${startOf(pid) ?? 'unknown'}`;
}

/** Ticks from the machine's start to the process's, field 22 of its stat; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
  } catch {
    return undefined;
  }
}

function isLeftover(labels: Labels, now: number): boolean {
  const owner = labels[label.owner];
  if (owner === undefined) return false;
  const alive = ownerOf(Number(owner.split('@')[0])) === owner && !owner.endsWith('@unknown');
  const age = now - Date.parse(labels[label.createdAt] ?? '');
  return !alive || age > tooOld;
}

/** Returns how many labs were swept. What belongs to no test run is never touched. */
export async function sweepLeftovers(docker: Docker, now = Date.now()): Promise<number> {
  const filters = { label: [label.owner] };
  const containers = await docker.listContainers({ all: true, filters });
  const networks = await docker.listNetworks({ filters });
  const swept = new Set<string>();
  const leftovers = <T extends { Labels?: Labels }>(things: readonly T[]) =>
    things.filter(({ Labels: labels = {} }) => {
      const leftover = isLeftover(labels, now);
      if (leftover) swept.add(`${labels[label.instance]} ${labels[label.lab]}`);
      return leftover;
    });
  // One after the other: see turns.ts.
  for (const { Id } of leftovers(containers)) await removeContainer(docker.getContainer(Id));
  await Promise.all(
    leftovers(networks).map(({ Id }) =>
      docker
        .getNetwork(Id)
        .remove()
        .catch(() => {}),
    ),
  );
  return swept.size;
}
