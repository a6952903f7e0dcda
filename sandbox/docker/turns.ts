/**
 * One after the other: what takes hosts from a lab's network, or puts them back. Two at once on the same network can lock
 * an engine before 23.0 for good, until it is started anew (https://github.com/moby/moby/pull/42545); Debian 12 has 20.10.
 */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act, act);
    last = mine;
    return mine;
  };
}
