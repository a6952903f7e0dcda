/** Orders that a step plants at its begin and counts at every check: what was stored must still be there. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Answer, Planting, Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** `secret` never enters the lab, so no order can be typed in again by somebody who has not kept it. */
export type Orders = { readonly nonce: string; readonly secret: string; readonly count: number };

/** Writes the orders to that server and waits until every host named has them. */
export async function plantOrders(
  planting: Planting,
  host: HostName,
  copies: readonly HostName[],
  count = 500,
): Promise<Orders> {
  const orders = { nonce: planting.nonce, secret: randomBytes(16).toString('hex'), count };
  await askLong(planting, host, ['MSET', ...numbers(count).flatMap((n) => [keyOf(orders, n), valueOf(orders, n)])]);
  await planting.until(async () => {
    const counts = await Promise.all(copies.map((copy) => countOrders(planting, copy, orders)));
    return counts.every((found) => found === count) || undefined;
  }, 10_000);
  return orders;
}

/** How many of the orders that host has with their right values; null when it does not answer. */
export async function countOrders(probe: Probe, host: HostName, orders: Orders): Promise<number | null> {
  const all = numbers(orders.count);
  const answer = await askLong(probe, host, ['MGET', ...all.map((n) => keyOf(orders, n))]);
  if (!answer.ok || !Array.isArray(answer.value)) return null;
  const values: readonly unknown[] = answer.value;
  return all.filter((n) => values[n] === valueOf(orders, n)).length;
}

/** One complaint for each host that lacks orders; a host that does not answer is another criterion's matter. */
export function missingOrders(counts: { readonly [host: string]: number | null }, orders: number): readonly string[] {
  return Object.entries(counts).flatMap(([host, count]) =>
    count === orders ? [] : [count === null ? `${host} does not answer` : `${host} has ${count} of ${orders} orders`],
  );
}

/** Redis hangs up on a connection that sends a long command before its password; the short one brings the password up. */
async function askLong(probe: Probe, host: HostName, command: readonly string[]): Promise<Answer> {
  await probe.redis(host, ['PING']);
  return probe.redis(host, command);
}

const numbers = (count: number): readonly number[] => [...Array(count).keys()];
const keyOf = ({ nonce }: Orders, n: number): string => `order:${nonce}:${n}`;
const valueOf = ({ secret }: Orders, n: number): string =>
  createHmac('sha256', secret).update(String(n)).digest('hex').slice(0, 16);
