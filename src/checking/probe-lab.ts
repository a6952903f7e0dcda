/** The probe over a real lab: everything a checker sees comes through here. */
import { setTimeout as pause } from 'node:timers/promises';
import { HostDown } from '#sandbox/driver.ts';
import type { CommandResult, Lab, RunOptions } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { InboxMessage, TimelineEvent } from '#shared/wire.ts';
import { HttpLinks } from './http-links.ts';
import { parseInfo } from './info-report.ts';
import type { Probe } from './probe.ts';
import { RedisLinks } from './redis-links.ts';

export interface ProbeParts {
  readonly lab: Lab;
  readonly nonce: string;
  readonly begunAt: Date;
  readonly answers: Readonly<Record<string, string>>;
  readonly timeline: () => readonly TimelineEvent[];
  readonly inbox: () => readonly InboxMessage[];
  readonly signal: AbortSignal;
}

/** What the probe is doing at the moment, for the sentence when a check runs out of time. */
export interface OpenProbe {
  readonly probe: Probe;
  /** "`cat /proc/loadavg` on redis-1", the look that has waited longest; undefined when it waits for nothing. */
  waitingFor(): string | undefined;
  /** A sentence for each server that the probe could not log in to. */
  lockedOut(): readonly string[];
  close(): void;
}

const pollEvery = 200;

export function openProbe(parts: ProbeParts): OpenProbe {
  const { lab, begunAt, signal } = parts;
  const links = new RedisLinks(lab);
  const web = new HttpLinks(lab);
  const looks = new Map<symbol, string>();
  const since = <T extends { readonly at: string }>(items: readonly T[]) =>
    items.filter((item) => new Date(item.at) >= begunAt);

  /** Notes what is being looked at while it lasts. */
  const looking = async <T>(what: string, look: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const mark = Symbol(what);
    looks.set(mark, what);
    try {
      return await look();
    } finally {
      looks.delete(mark);
    }
  };

  const probe: Probe = {
    nonce: parts.nonce,
    begunAt,
    signal,
    answers: parts.answers,
    hosts: lab.topology.hosts.map((host) => host.name),
    address: (host) => lab.address(host),
    hostState: (host) => lab.hostState(host),
    run: (host, command, options) =>
      looking(`\`${brief(command)}\` on ${host}`, () => runOrSay(lab, host, command, { signal, ...options })),
    async readFile(host, path) {
      const result = await probe.run(host, ['cat', '--', path]);
      return result.code === 0 ? result.stdout : undefined;
    },
    redis: (host, command, port = 6379) =>
      looking(`Redis command ${command[0]} on ${host}:${port}`, () => links.ask(host, command, port)),
    async info(host, port = 6379) {
      const answer = await probe.redis(host, ['INFO', 'everything'], port);
      return answer.ok && typeof answer.value === 'string' ? parseInfo(answer.value) : undefined;
    },
    http: (host, port, path, init = {}) =>
      looking(`HTTP ${path} on ${host}:${port}`, () => web.ask(host, port, path, init, signal)),
    timeline: () => since(parts.timeline()),
    inbox: () => since(parts.inbox()),
    async until(look, milliseconds) {
      const end = Date.now() + milliseconds;
      for (;;) {
        const found = await look();
        if (found !== undefined || Date.now() >= end) return found;
        await pause(pollEvery, undefined, { signal });
      }
    },
  };
  const close = () => {
    links.close();
    web.close();
  };
  return { probe, waitingFor: () => looks.values().next().value, lockedOut: () => links.lockedOut(), close };
}

async function runOrSay(
  lab: Lab,
  host: HostName,
  command: string | readonly string[],
  options: RunOptions,
): Promise<CommandResult> {
  try {
    return await lab.run(host, command, options);
  } catch (error) {
    if (error instanceof HostDown) return { code: 125, stdout: '', stderr: error.message, timedOut: false };
    throw error;
  }
}

function brief(command: string | readonly string[]): string {
  const text = typeof command === 'string' ? command : command.join(' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
