/** The records of one data folder, over its SQLite database. */
import { attempts } from './attempts.ts';
import type { Database } from './database.ts';
import { labs } from './labs.ts';
import { learners } from './learners.ts';
import type { Records } from './records.ts';
import { timeline } from './timeline.ts';

export function openRecords(database: Database): Records {
  return {
    ...learners(database),
    ...attempts(database),
    ...labs(database),
    ...timeline(database),
    close: () => database.close(),
  };
}
