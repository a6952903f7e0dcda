/** How many labs fit when the operator has not said: three quarters of the memory, by the largest topology's usual need. */
import { totalmem } from 'node:os';

/** Bytes that a busy lab of four hosts was seen to use, with Prometheus and Grafana. */
const usualNeed = 500 * 1024 * 1024;

export const capacityOf = (memory = totalmem()): number => Math.max(1, Math.floor((memory * 0.75) / usualNeed));
