/** The drill that makes an append-only file grow until the server rewrites it by itself. */
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

export type RewriteSeen = {
  readonly rewritten: boolean;
  readonly written: number;
  readonly before: number;
  readonly after: number;
};

const keys = [...Array(20).keys()].map((n) => `clinic:grow:${n}`);
const value = 'y'.repeat(10_000);
const mostRounds = 60;

/** Overwrites the same 20 keys, 200 kB a round, so that memory stays small while the file grows; removes them at the end. */
export async function growUntilRewritten(drilling: Drilling, host: HostName): Promise<RewriteSeen> {
  const before = await sizes(drilling, host);
  // Twice the size of the last rewrite, at least 1 MB, and a little more for the margin.
  const goal = 2.2 * Math.max(before.base, 2 ** 20);
  let rounds = 0;
  while (rounds < mostRounds && rounds * keys.length * value.length < goal) {
    await drilling.redis(host, ['MSET', ...keys.flatMap((key) => [key, value])]);
    rounds += 1;
  }
  const after = await drilling.until(async () => {
    const now = await sizes(drilling, host);
    return now.rewrites > before.rewrites && !now.busy ? now : undefined;
  }, 15_000);
  await drilling.redis(host, ['UNLINK', ...keys]);
  return {
    rewritten: after !== undefined,
    written: rounds * keys.length * value.length,
    before: before.base,
    after: after?.base ?? before.base,
  };
}

export function judgeRewrite({ rewritten, written, before, after }: RewriteSeen): Finding {
  const megabytes = (written / 1e6).toFixed(1);
  if (rewritten) return met(`After ${megabytes} MB of writes the base file was rewritten: ${before} → ${after} bytes.`);
  return unmet(
    `${megabytes} MB were written, and no rewrite began.`,
    'See auto-aof-rewrite-percentage and auto-aof-rewrite-min-size, and the end of /var/log/redis/redis-server.log.',
  );
}

async function sizes(drilling: Drilling, host: HostName) {
  const info = (await drilling.info(host)) ?? {};
  return {
    rewrites: Number(info['aof_rewrites'] ?? 0),
    base: Number(info['aof_base_size'] ?? 0),
    busy: info['aof_rewrite_in_progress'] === '1',
  };
}
