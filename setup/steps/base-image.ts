/** debian:trixie-slim: pulled, or bootstrapped from Debian's packages where no registry answers. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { connectEngine, labImage } from '#sandbox/docker/index.ts';
import { installPackages, isInstalled, mayInstall } from '../debian.ts';
import { setupFolder } from '../places.ts';
import { runCommand } from '../run-command.ts';
import type { Say, Step } from '../step.ts';
import { diskFull, saysDiskFull, SetupTrouble } from '../trouble.ts';
import { follow } from './follow.ts';
import { hasImage } from './has-image.ts';

const repository = 'debian';
const tag = 'trixie-slim';
const name = `${repository}:${tag}`;
const pullSilence = 20_000;
const importSilence = 120_000;

export const baseImage: Step = {
  title: `Base image ${name}`,
  async isDone() {
    const docker = await connectEngine();
    // Once the lab image stands, nothing is built from the base any more.
    return (await hasImage(docker, labImage().tag('full'))) || hasImage(docker, name);
  },
  async run(say) {
    const docker = await connectEngine();
    const trouble = await pull(docker, say);
    if (trouble === undefined) return;
    if (!mayInstall()) {
      throw new SetupTrouble(
        `The image ${name} cannot be pulled (${trouble}). Give the Docker engine a registry that it can reach.`,
      );
    }
    say(`no registry answers (${trouble}); bootstrapping from Debian's packages`);
    await bootstrap(docker, say);
  },
};

/** Why it could not be pulled, or undefined when it is there. */
async function pull(docker: Docker, say: Say): Promise<string | undefined> {
  try {
    const asked = docker.pull(name);
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('the registry does not answer')), pullSilence).unref();
    });
    await follow(docker, await Promise.race([asked, late]), say, pullSilence);
    return undefined;
  } catch (error) {
    // dockerode puts the HTTP status before the engine's own words.
    return (error instanceof Error ? error.message : String(error)).replace(/^\(HTTP code \d+\) [\w ]* - /, '').trim();
  }
}

async function bootstrap(docker: Docker, say: Say): Promise<void> {
  if (!isInstalled('mmdebstrap')) await installPackages(['mmdebstrap'], say);
  mkdirSync(setupFolder, { recursive: true });
  const archive = join(setupFolder, 'base.tar');
  try {
    await runCommand('mmdebstrap', ['--variant=apt', '--include=ca-certificates', 'trixie', archive], say);
    say('importing it');
    await follow(docker, await docker.importImage(archive, { repo: repository, tag }), say, importSilence);
  } catch (error) {
    throw error instanceof Error && saysDiskFull(error.message) ? diskFull() : error;
  } finally {
    rmSync(archive, { force: true });
  }
}
