/**
 * Packages for the lab that Debian does not have: Grafana. The operator puts the file beside the Dockerfile, or names an
 * address from which the set-up fetches it. No other file than the pinned one gets into the image.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { imageFolder } from '#sandbox/docker/index.ts';
import type { Say, Step } from '../step.ts';
import { SetupTrouble } from '../trouble.ts';

const setting = 'GRAFANA_PACKAGE_URL';
const packagesFolder = join(imageFolder, 'packages');

export const packages: Step = {
  title: `Grafana's package (${setting})`,
  isDone: () => !process.env[setting] || givenPackages().length > 0,
  run: (say) => fetchPackage(process.env[setting] ?? '', say),
};

/** Paths of the packages that are there. */
export function givenPackages(folder = packagesFolder): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(folder, name));
}

/** Throws when a package is not one of those that are pinned. */
export async function checkPackages(folder = packagesFolder): Promise<void> {
  for (const file of givenPackages(folder)) {
    const sum = await sumOf(file);
    if (pinned(folder).has(sum)) continue;
    throw new SetupTrouble(
      `${file} is not the package that this version of the course is made for: its SHA-256 sum is ${sum}. ` +
        `Put ${names(folder)} there (its sum stands in ${join(folder, 'SHA256SUMS')}), ` +
        'or take the file away: the lab then has no Grafana.',
    );
  }
}

/** Leaves nothing behind when it is not the pinned package. */
export async function fetchPackage(address: string, say: Say, folder = packagesFolder): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const part = join(folder, `.fetched-${process.pid}`);
  try {
    say(`fetching ${basename(address)}`);
    await download(address, part);
    const sum = await sumOf(part);
    const name = pinned(folder).get(sum);
    if (name === undefined) {
      throw new SetupTrouble(
        `What ${setting} names is not the pinned package: its SHA-256 sum is ${sum}. ` +
          `Name the address of ${names(folder)}, or unset ${setting}: the lab then has no Grafana.`,
      );
    }
    await rename(part, join(folder, name));
  } finally {
    rmSync(part, { force: true });
  }
}

async function download(address: string, file: string): Promise<void> {
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.body === null) throw new Error(`the answer is ${answer.status} ${answer.statusText}`);
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(file));
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new SetupTrouble(
      `${setting} is "${address}", and nothing can be fetched there: ${why}. ` +
        `Correct it, or unset it: the lab then has no Grafana.`,
    );
  }
}

/** Sum → name of each package that may be used. */
function pinned(folder: string): ReadonlyMap<string, string> {
  const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').matchAll(/^([0-9a-f]{64}) [ *](\S+\.deb)$/gm);
  return new Map([...lines].map(([, sum = '', name = '']) => [sum, name]));
}

const names = (folder: string): string => [...pinned(folder).values()].join(' or ');

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
