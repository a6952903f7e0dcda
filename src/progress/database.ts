/** Opens the one SQLite file of a data folder and brings it to the newest migration. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { migrations } from './migrations.ts';

/** The records cannot be used; the message is one sentence for the operator. */
export class UnusableRecords extends Error {
  override name = 'UnusableRecords';
}

/** The opened database. Rooms with tables of their own append to `migrations.ts` and are handed this. */
export type Database = DatabaseSync;

export function openDatabase(folder: string): Database {
  const file = join(folder, 'clinic.db');
  let database: Database | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 5_000 });
    // WAL with FULL: a commit is on the disk when the statement returns, so what a page was shown survives a power cut.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    if (database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') throw new Error('the check failed');
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof UnusableRecords) throw error;
    throw new UnusableRecords(
      `The records in ${file} cannot be read (${error instanceof Error ? error.message : String(error)}): ` +
        'put back a backup of that file, or move it away to start with empty records.',
    );
  }
}

/** Runs work in one transaction: all of it or nothing is stored. */
export function transact<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function migrate(database: Database, file: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > migrations.length) {
    throw new UnusableRecords(
      `The records in ${file} were written by a newer Redis Clinic (format ${version}, this one knows ${migrations.length}): ` +
        'start that version, or choose another folder with DATA_DIR.',
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    transact(database, () => database.exec(`${sql}; PRAGMA user_version = ${index + 1};`));
  }
}
