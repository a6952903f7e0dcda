/** The two lab images, built once for each state of sandbox/image. */
import { statfs } from 'node:fs/promises';
import { buildLabImage, connectEngine, labImage } from '#sandbox/docker/index.ts';
import type { Step } from '../step.ts';
import { SetupTrouble } from '../trouble.ts';
import { follow } from './follow.ts';
import { hasImage } from './has-image.ts';
import { checkPackages, givenPackages } from './packages.ts';

const targets = ['bare', 'full'] as const;
/** apt may work for minutes without a word on a slow line. */
const silence = 10 * 60_000;
const neededBytes = 2e9;
/** What Grafana adds, in the archive of one image and unpacked in the other. */
const neededForPackages = 2e9;

export const labImages: Step = {
  title: 'Lab image (built once)',
  async isDone() {
    const docker = await connectEngine();
    const image = labImage();
    return (await Promise.all(targets.map((target) => hasImage(docker, image.tag(target))))).every(Boolean);
  },
  async run(say) {
    await checkPackages();
    await needRoom();
    const docker = await connectEngine();
    for (const target of targets) {
      const stream = await buildLabImage(docker, target);
      await follow(docker, stream, (line) => say(`${target}: ${line}`), silence).catch((error: Error) => {
        if (error instanceof SetupTrouble) throw error;
        throw new SetupTrouble(`The lab image cannot be built: ${error.message}`);
      });
    }
  },
};

/** A build that runs out of disk half-way leaves the disk full: say it before. */
async function needRoom(): Promise<void> {
  const disk = await statfs('/var/lib/docker').catch(() => undefined);
  const free = disk ? disk.bavail * disk.bsize : Infinity;
  const needed = neededBytes + (givenPackages().length > 0 ? neededForPackages : 0);
  if (free > needed) return;
  throw new SetupTrouble(
    `Docker's disk has ${Math.round(free / 1e6)} MB left; the lab image needs ${needed / 1e9} GB. Free some space and run the command again.`,
  );
}
