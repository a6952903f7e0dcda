/** How many labs fit when the operator has not said: three quarters of the memory, by the largest topology's usual need. */
import { totalmem } from 'node:os';

/** Bytes reckoned for a busy lab of four hosts: far more than was measured without Grafana, about what its makers ask for with it. */
const usualNeed = 500 * 1024 * 1024;

export const capacityOf = (memory = totalmem()): number => Math.max(1, Math.floor((memory * 0.75) / usualNeed));
