/** A Chromium for the browser tests: CHROMIUM, an installed one, or on Debian and Ubuntu the package. */
import { existsSync } from 'node:fs';
import { installPackages, mayInstall } from '../debian.ts';
import type { Step } from '../step.ts';
import { SetupTrouble } from '../trouble.ts';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

export function findBrowser(): string | undefined {
  return process.env['CHROMIUM'] ?? usual.find((path) => existsSync(path));
}

export const browser: Step = {
  title: 'Chromium for the browser tests',
  isDone: () => findBrowser() !== undefined,
  async run(say) {
    if (mayInstall()) await installPackages(['chromium', 'fonts-liberation'], say);
    if (findBrowser() === undefined) {
      throw new SetupTrouble('The browser tests need Chromium. Install it, or name one in the variable CHROMIUM.');
    }
  },
};
