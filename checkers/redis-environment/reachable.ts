/** How a host's Redis answers another host: asked over the network, from the neighbour, by name. */
import type { Probe } from '#checking/probe.ts';
import type { CommandResult } from '#sandbox/driver.ts';
import { trio } from '../trio/hosts.ts';
import type { OfTrio, TrioHost } from '../trio/hosts.ts';

/** From which host each one is asked. */
export const neighbourOf: OfTrio<TrioHost> = {
  'redis-1': 'redis-2',
  'redis-2': 'redis-3',
  'redis-3': 'redis-1',
};

/** A shell command for the neighbour; `replyIn` reads its output. */
export const asking = (host: TrioHost): string =>
  `exec 3<>/dev/tcp/${host}/6379 && printf 'PING\\r\\n' >&3 && timeout 3 head -n 1 <&3 | tr -d '\\r'`;

/** The first line of the answer to PING, or why there was none. */
export function replyIn({ stdout, stderr }: Pick<CommandResult, 'stdout' | 'stderr'>): string {
  if (stdout.trim()) return stdout.trim();
  return /refused/i.test(stderr) ? 'refused' : 'silent';
}

export const askFromNeighbour = async (probe: Probe, host: TrioHost): Promise<string> =>
  replyIn(await probe.run(neighbourOf[host], asking(host)));

/** No waiting changes these answers: they come from the server's configuration. */
export const isRefusal = (reply: string): boolean => reply === 'refused' || reply.startsWith('-DENIED');

/** One complaint for each host that does not answer its neighbour. */
export const unreachable = (replies: OfTrio<string>): readonly string[] =>
  trio.flatMap((host) => complaintOf(host, replies[host]) ?? []);

/** Undefined when the host answers its neighbour. Being asked for a password is an answer. */
export function complaintOf(host: TrioHost, reply: string): string | undefined {
  const neighbour = neighbourOf[host];
  if (reply === '+PONG' || reply.startsWith('-NOAUTH')) return undefined;
  if (reply.startsWith('-DENIED')) {
    return `${host} answers ${neighbour} with DENIED: protected mode is on and there is no password`;
  }
  if (reply === 'refused') return `${host} refuses ${neighbour}: it listens on its own localhost only (bind)`;
  return `${host} does not answer ${neighbour}${reply === 'silent' ? '' : `: ${reply.slice(0, 80)}`}`;
}
