import { mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One run at a time: a second one waits for the first. A lock whose process has ended is nobody's.
 * @template T
 * @param {string} folder where the lock file lies
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function withLock(folder, act) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  let told = false;
  while (!take(file)) {
    const holder = Number(readSafely(file));
    if (!isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told)
      console.log(
        `… waiting for another run (process ${holder}) to finish its set-up; if there is none, remove ${file}`,
      );
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    return await act();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function readSafely(file) {
  try {
    // Between its making and the writing of the number the file is empty: take that for alive.
    return readFileSync(file, 'utf8') || String(process.pid);
  } catch {
    return '';
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
