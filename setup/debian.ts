/** What can be installed by itself: packages of Debian and Ubuntu, by root. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.ts';
import type { Say } from './step.ts';

export const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

export async function installPackages(names: readonly string[], say: Say): Promise<void> {
  await runCommand('apt-get', ['update'], say);
  await runCommand('apt-get', ['install', '--yes', '--no-install-recommends', ...names], say);
}

export function isInstalled(program: string): boolean {
  const folders = `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin`.split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}
