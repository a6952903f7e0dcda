/** A step of the build: a compressed copy beside every text file of the pages, so that serving costs nothing. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const compress = promisify(gzip);
const text = /\.(html|css|js|json|svg|txt|xml)$/;
/** Smaller files fit in one packet either way. Bytes. */
const least = 1_024;

export const precompress = (): AstroIntegration => ({
  name: 'precompress',
  hooks: {
    async 'astro:build:done'({ dir }) {
      const folder = fileURLToPath(dir);
      const files = (await readdir(folder, { recursive: true })).filter((file) => text.test(file));
      await Promise.all(files.map((file) => compressBeside(join(folder, file))));
    },
  },
});

async function compressBeside(file: string): Promise<void> {
  const whole = await readFile(file);
  if (whole.length >= least) await writeFile(`${file}.gz`, await compress(whole, { level: 9 }));
}
