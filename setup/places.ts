import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
/** What the set-up itself keeps: its lock, the engine's log, files on their way. */
export const setupFolder = join(root, '.setup');
export const program = (name: string): string => join(root, 'node_modules/.bin', name);
