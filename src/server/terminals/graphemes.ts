/**
 * The add-on that tells how many cells a letter takes, as a Node program may load it. Its version 0.4.0 reads its table
 * from the beginning of the memory that its Buffer lies in; in Node's pool that is somebody else's data, and the add-on
 * fails now and then, or measures wrongly. Without a pool the Buffer has memory of its own.
 */
import { createRequire } from 'node:module';
import type * as Addon from '@xterm/addon-unicode-graphemes';

const { poolSize } = Buffer;
Buffer.poolSize = 0;
export const { UnicodeGraphemesAddon } = createRequire(import.meta.url)(
  '@xterm/addon-unicode-graphemes',
) as typeof Addon;
Buffer.poolSize = poolSize;
