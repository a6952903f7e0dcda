/** A Docker engine: the one that answers, or on Debian and Ubuntu one that is installed and started here. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectEngine, EngineRefuses } from '#sandbox/docker/index.ts';
import { installPackages, isInstalled, mayInstall } from '../debian.ts';
import { setupFolder } from '../places.ts';
import type { Step } from '../step.ts';
import { SetupTrouble } from '../trouble.ts';

const pidFile = '/var/run/docker.pid';

export const engine: Step = {
  title: 'Docker engine',
  isDone: answers,
  async run(say) {
    if (process.env['DOCKER_HOST'] || !mayInstall()) {
      await connectEngine().catch((error: Error) => {
        const install =
          error instanceof EngineRefuses ? '' : ' How to install it: https://docs.docker.com/engine/install/';
        throw new SetupTrouble(`${error.message}${install}`);
      });
      return;
    }
    if (!isInstalled('dockerd')) {
      say('installing docker.io');
      await installPackages(['docker.io', 'iptables'], say);
      // Where an init system runs, the package has started it.
      if (await answersWithin(3_000)) return;
    }
    say('starting dockerd');
    const log = startEngine();
    if (await answersWithin(45_000)) return;
    const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
    throw new SetupTrouble(`dockerd was started and does not answer. The end of ${log}:\n${lines}`);
  },
};

function answers(): Promise<boolean> {
  return connectEngine().then(
    () => true,
    () => false,
  );
}

async function answersWithin(milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (await answers()) return true;
    await wait(250);
  }
  return false;
}

/** In a session of its own and with no stream of ours: whoever reads our output must see its end. */
function startEngine(): string {
  forgetStalePid();
  mkdirSync(setupFolder, { recursive: true });
  const log = join(setupFolder, 'dockerd.log');
  const output = openSync(log, 'a');
  spawn('dockerd', [], { detached: true, cwd: '/', stdio: ['ignore', output, output] }).unref();
  return log;
}

/** dockerd refuses to start while the process of an old pid file lives, whoever that is by now. */
function forgetStalePid(): void {
  try {
    const name = readFileSync(`/proc/${readFileSync(pidFile, 'utf8').trim()}/comm`, 'utf8').trim();
    if (name !== 'dockerd') rmSync(pidFile);
  } catch {
    // No pid file, or a process that has gone: dockerd sees to both.
  }
}
