/** Judgements that the lesson on persistence and the crash test share. */
import { missingOrders } from '#checkers/orders/orders.ts';
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { PersistenceSeen } from './evidence.ts';

type PerHost<T> = { readonly [host: string]: T };

export function judgeKept(orders: PerHost<number | null>, planted: number): Finding {
  const missing = missingOrders(orders, planted);
  if (missing.length === 0) return met(`All ${planted} orders are there.`);
  const silent = Object.keys(orders).filter((host) => orders[host] === null);
  if (silent.length > 0) return unmet(`${missing.join('; ')}.`, startIt(silent[0]));
  return unmet(
    `${missing.join('; ')}.`,
    'A server that starts with appendonly yes and has no append-only file yet starts empty and ignores dump.rdb. ' +
      'Rescue: sudo redis-cli SHUTDOWN NOSAVE at once (a normal stop would save the empty set over dump.rdb), ' +
      'appendonly no in redis.conf, remove appendonlydir, start, and switch it on with CONFIG SET. ' +
      'Or reset the lab to the lesson’s start.',
  );
}

export function judgeOn(servers: PerHost<PersistenceSeen | null>): Finding {
  const wrong = Object.entries(servers).flatMap(([host, seen]) => {
    const complaint = seen ? notOn(seen) : 'the server does not answer';
    return complaint ? [`${host}: ${complaint}`] : [];
  });
  if (wrong.length === 0) return met('On, in the running server and in the file.');
  const silent = Object.keys(servers).filter((host) => servers[host] === null);
  if (silent.length > 0) return unmet(`${wrong.join('; ')}.`, startIt(silent[0]));
  return unmet(
    `${wrong.join('; ')}.`,
    'On the running server: redis-cli CONFIG SET appendonly yes, wait until aof_rewrite_in_progress is 0, then ' +
      'redis-cli CONFIG REWRITE. Do not edit the file and restart: a server with data loses them that way.',
  );
}

const startIt = (host: string | undefined): string =>
  `On ${host}: sudo systemctl start redis. If it ends at once, the end of its log says why: ` +
  'sudo tail -n 5 /var/log/redis/redis-server.log.';

const usualFile = '/etc/redis/redis.conf';

function notOn({
  aof,
  file,
  startedWith = usualFile,
  rewriting,
  writesOk,
  rewritesOk,
}: PersistenceSeen): string | undefined {
  if (!aof && file.appendonly === 'yes')
    return 'redis.conf says appendonly yes, but the running server has the AOF off';
  if (!aof) return 'the AOF is off';
  if (file.appendonly !== 'yes') {
    if (startedWith !== usualFile) {
      return (
        `the AOF is on, but this server was started with ${startedWith || 'no file'}; the service reads ${usualFile}, ` +
        `which says appendonly ${file.appendonly ?? 'nothing'}`
      );
    }
    return `the AOF is on, but redis.conf says appendonly ${file.appendonly ?? 'nothing'}: off again after a restart`;
  }
  if (rewriting) return 'the first append-only file is still being written';
  if (!writesOk || !rewritesOk) return 'the last write to the append-only file, or its last rewrite, failed';
  return undefined;
}
