/**
 * A network of their own for the browser tests: nothing but a loopback. Chromium drops requests under way whenever a
 * network of the machine comes or goes, as those of labs do all the time; and the engine is spoken to by its socket.
 */
import { spawnSync } from 'node:child_process';
import { enginePlaces } from '#sandbox/docker/index.ts';

type Command = readonly [string, ...string[]];

/** Tells e2e/playwright.config.ts that networks neither come nor go, so that two browsers may work at a time. */
const quiet = 'QUIET_NETWORK';

const loopbackUp = 'ip link set lo up && exec "$@"';

/** The command in a network of its own where this machine can make one (Linux, with the engine at a socket), else as it is. */
export function inQuietNetwork(command: Command): Command {
  const bySocket = enginePlaces(process.env).every((place) => place.startsWith('unix:'));
  if (process.platform !== 'linux' || !bySocket) return command;
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const apart: Command = ['unshare', '--net', ...asRoot, '--', '/bin/sh', '-c', loopbackUp, 'sh'];
  const [program, ...words] = apart;
  if (spawnSync(program, [...words, 'true']).status !== 0) return command;
  return [...apart, 'env', `${quiet}=yes`, ...command];
}
