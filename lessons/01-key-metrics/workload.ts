/** The application of this lesson: a small shop that never rests, with numbers of its own for every lab. */
import { randomInt } from 'node:crypto';

export interface Shop {
  /** The command sent most often, and the one that takes the most time per call. */
  readonly busy: string;
  readonly slow: string;
  /** Calls of the busy command in a tenth of a second. */
  readonly calls: number;
  /** Clients that wait in BLPOP, and clients that do nothing. */
  readonly waiting: number;
  readonly idle: number;
  /** Percent of the cart look-ups that miss. */
  readonly missing: number;
  /** Megabytes of old orders that nobody asks for. */
  readonly archive: number;
  /** Bytes that each tenth of a second stores and never removes. */
  readonly leak: number;
}

const busyCommands = [
  'HGET session:1 field',
  'SISMEMBER catalogue:set m17',
  'ZSCORE catalogue:ranks m17',
  'LINDEX session:list 0',
];
const slowCommands = [
  'SORT catalogue:list LIMIT 0 5',
  'LRANGE catalogue:list 0 -1',
  'SMEMBERS catalogue:set',
  'ZRANGE catalogue:ranks 0 -1',
];

export function someShop(): Shop {
  return {
    busy: oneOf(busyCommands),
    slow: oneOf(slowCommands),
    calls: randomInt(10, 19),
    waiting: randomInt(2, 7),
    idle: randomInt(3, 9),
    missing: oneOf([10, 25, 40]),
    archive: randomInt(16, 44),
    leak: oneOf([1024, 1536, 2048]),
  };
}

function oneOf<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
  const chosen = choices[randomInt(choices.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

/** Fills the catalogue; the statistics begin anew afterwards, so that they tell of the application alone. */
export const catalogue = (shop: Shop) => `
set -e
for start in $(seq 0 500 19500); do
  echo RPUSH catalogue:list $(seq $start $((start + 499)))
  echo SADD catalogue:set $(seq -f 'm%.0f' $start $((start + 499)))
  echo ZADD catalogue:ranks $(seq $start $((start + 499)) | sed 's/.*/& m&/')
done | redis-cli -h redis-1 > /dev/null
for part in $(seq ${shop.archive}); do
  echo SETRANGE archive:$part 1040000 x
done | redis-cli -h redis-1 > /dev/null
redis-cli -h redis-1 > /dev/null <<'commands'
HSET session:1 field value
RPUSH session:list head tail
CONFIG RESETSTAT
commands
`;

/** Starts the shop's clients in the background; they end with their host. */
export const openShop = (shop: Shop) => `
for n in $(seq ${shop.idle}); do
  (echo CLIENT SETNAME worker-$n; exec sleep infinity) | setsid redis-cli -h redis-1 > /dev/null 2>&1 &
done
for n in $(seq ${shop.waiting}); do
  setsid redis-cli -h redis-1 BLPOP jobs:$n 0 > /dev/null 2>&1 < /dev/null &
done
setsid bash -s > /dev/null 2>&1 <<'traffic' &
filling=$(printf '%*s' ${shop.leak} '' | tr ' ' x)
exec {tick}<> <(:)
for ((n = 1; ; n++)); do
  for ((call = 0; call < ${shop.calls}; call++)); do echo '${shop.busy}'; done
  for ((look = 0; look < 6; look++)); do
    if ((RANDOM % 100 < ${shop.missing})); then echo GET cart:gone:$n; else echo GET visit:$((n > 1 ? n - 1 : 1)); fi
  done
  echo SET visit:$n $filling
  ((n % 15)) || echo '${shop.slow}'
  read -rt 0.1 -u $tick
done | redis-cli -h redis-1
traffic
exit 0
`;
