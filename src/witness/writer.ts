/**
 * An application in miniature: it writes numbered records to whoever is master, and afterwards tells which confirmed
 * ones are gone and for how long nothing could be written.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Writer, WriterReport } from '#checking/probe.ts';
import { RedisLinks } from '#checking/redis-links.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** Milliseconds between two writes: the accuracy of the longest gap. */
const EVERY = 50;
/** Milliseconds that the read-back at the end waits for a master. */
const PATIENCE = 10_000;

/** Writes until it is stopped or the signal aborts. The records are one hash, which is deleted at the end. */
export async function startWriter(lab: Lab, signal: AbortSignal = new AbortController().signal): Promise<Writer> {
  const links = new RedisLinks(lab);
  const key = `clinic:writer:${randomBytes(8).toString('hex')}`;
  const confirmed: number[] = [];
  const stopping = new AbortController();
  const over = AbortSignal.any([signal, stopping.signal]);
  const gap = stopwatch();
  let failed = 0;

  async function write(): Promise<void> {
    let master: HostName | undefined;
    for (let number = 0; !over.aborted; number += 1) {
      master ??= await findMaster(lab, links);
      const answer = master && (await links.ask(master, ['HSET', key, number, 1]));
      if (answer?.ok) {
        confirmed.push(number);
        gap.mark();
      } else {
        failed += 1;
        master = undefined;
      }
      await pause(EVERY, undefined, { signal: over }).catch(() => undefined);
    }
    gap.mark();
  }
  const written = write();
  written.catch(() => undefined);

  async function readBack(): Promise<WriterReport> {
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      signal.throwIfAborted();
      const master = await findMaster(lab, links);
      const kept = master && numbersOf(await links.ask(master, ['HKEYS', key]));
      if (kept) {
        await links.ask(master, ['DEL', key]);
        const lost = confirmed.filter((number) => !kept.has(number)).length;
        return { acknowledged: confirmed.length, lost, longestGap: gap.longest(), failed };
      }
      await pause(EVERY);
    }
    throw new Error(
      `The numbered writes cannot be read back: none of the servers has been a master for ${PATIENCE} ms.`,
    );
  }

  return {
    async stop() {
      stopping.abort();
      try {
        await written;
        return await readBack();
      } finally {
        links.close();
      }
    },
  };
}

/** The server that calls itself master; of two, the one that more replicas follow. */
async function findMaster(lab: Lab, links: RedisLinks): Promise<HostName | undefined> {
  const servers = lab.topology.hosts.map(({ name }) => name).filter((name) => name.startsWith('redis-'));
  const roles = await Promise.all(
    servers.map(async (host) => ({ host, followers: followersOf(await links.ask(host, ['ROLE'])) })),
  );
  return roles.toSorted((one, other) => other.followers - one.followers).find(({ followers }) => followers >= 0)?.host;
}

/** How many replicas follow this master; -1 when it is none. */
function followersOf(answer: Answer): number {
  if (!answer.ok || !Array.isArray(answer.value) || answer.value[0] !== 'master') return -1;
  const [, , replicas] = answer.value;
  return Array.isArray(replicas) ? replicas.length : 0;
}

function numbersOf(answer: Answer): Set<number> | undefined {
  return answer.ok && Array.isArray(answer.value) ? new Set(answer.value.map(Number)) : undefined;
}

/** The longest time between two marks, in whole milliseconds. */
function stopwatch(): { mark(): void; longest(): number } {
  let last = performance.now();
  let longest = 0;
  return {
    mark() {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    },
    longest: () => Math.round(longest),
  };
}
