/** Ids of labs: part of host names and of addresses, so lower case and short; random, so that none returns. */
import { randomInt } from 'node:crypto';

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

export const newLabId = (): string => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');
