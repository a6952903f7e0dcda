/** The two lab images, built once for each state of sandbox/image. */
import { readdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { connectEngine, imageFolder, labImage } from '#sandbox/docker/index.ts';
import type { Step } from '../step.ts';
import { SetupTrouble } from '../trouble.ts';
import { follow } from './follow.ts';
import { hasImage } from './has-image.ts';

const targets = ['bare', 'full'] as const;
/** apt may work for minutes without a word on a slow line. */
const silence = 10 * 60_000;
const neededBytes = 2e9;

export const labImages: Step = {
  title: 'Lab image (built once)',
  async isDone() {
    const docker = await connectEngine();
    const image = labImage();
    return (await Promise.all(targets.map((target) => hasImage(docker, image.tag(target))))).every(Boolean);
  },
  async run(say) {
    await needRoom();
    const docker = await connectEngine();
    const image = labImage();
    for (const target of targets) {
      const stream = await docker.buildImage(
        { context: imageFolder, src: readdirSync(imageFolder) },
        {
          t: image.tag(target),
          target,
          // The machine's own way to Debian's mirrors, whatever it is.
          networkmode: 'host',
          buildargs: proxies(),
          labels: { 'redis-clinic.image': image.version },
        },
      );
      await follow(docker, stream, (line) => say(`${target}: ${line}`), silence).catch((error: Error) => {
        throw new SetupTrouble(`The lab image cannot be built: ${error.message}`);
      });
    }
  },
};

function proxies(): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** A build that runs out of disk half-way leaves the disk full: say it before. */
async function needRoom(): Promise<void> {
  const disk = await statfs('/var/lib/docker').catch(() => undefined);
  const free = disk ? disk.bavail * disk.bsize : Infinity;
  if (free > neededBytes) return;
  throw new SetupTrouble(
    `Docker's disk has ${Math.round(free / 1e6)} MB left; the lab image needs 2 GB. Free some space and run the command again.`,
  );
}
