/** The data folder: made when missing, used by one server at a time, and the place of secrets nobody has set. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UnusableRecords } from './database.ts';

export interface DataFolder {
  readonly path: string;
  /** A secret that is made once (at random, or by `make`) and then read back from the folder; only the owner may read it. */
  secret(name: string, make?: () => string): { readonly value: string; readonly made: boolean };
  /** Gives the folder free for the next server. */
  release(): void;
}

/** Takes the folder. The lock is SQLite's own, which the system frees when the process ends, however it ends. */
export function takeFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const owner = join(path, 'server.pid');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const lock = new DatabaseSync(join(path, 'server.lock'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    writeFileSync(owner, `${process.pid}\n`);
    return { path, secret: (name, make) => secretIn(path, name, make), release: () => lock.close() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (why.includes('locked')) {
      throw new UnusableRecords(
        `Another Redis Clinic server (process ${read(owner) ?? 'unknown'}) uses the data folder ${path}: ` +
          'stop it, or choose another folder with DATA_DIR.',
      );
    }
    throw new UnusableRecords(`The data folder ${path} cannot be used (${why}): choose another one with DATA_DIR.`);
  }
}

function secretIn(folder: string, name: string, make = () => randomBytes(24).toString('hex')) {
  const file = join(folder, name);
  const known = read(file);
  if (known) return { value: known, made: false };
  const value = make();
  writeFileSync(file, `${value}\n`, { mode: 0o600 });
  return { value, made: true };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
