/** Which lab image belongs to this version of the course: its tags carry a hash of everything it is made from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { HostSpec } from '../topologies.ts';

export interface LabImage {
  readonly version: string;
  tag(kind: HostSpec['image']): string;
}

/** The folder with the Dockerfile. */
export const imageFolder = join(import.meta.dirname, '..', 'image');

export function labImage(folder = imageFolder): LabImage {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const { mode, size } = statSync(file);
    const executable = (mode & 0o100) !== 0;
    hash
      .update(`${relative(folder, file)}\0${executable}\0`)
      // A package may have hundreds of megabytes, and its content is pinned: the set-up builds with no other sum.
      .update(file.endsWith('.deb') ? String(size) : readFileSync(file))
      .update('\0');
  }
  const version = hash.digest('hex').slice(0, 12);
  return { version, tag: (kind) => `redis-clinic-lab:${version}-${kind}` };
}
