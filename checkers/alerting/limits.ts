/** The memory limit of a server: as it runs, as its file says, and as Prometheus sees it. */
import { query, selector, type Labels } from '#checkers/prometheus/api.ts';
import { met, unmet, type Finding } from '#checking/define.ts';
import { bytesOf, lastDirective } from '#checking/directives.ts';
import type { Probe } from '#checking/probe.ts';
import { readConfig } from '#checking/redis-config.ts';
import type { HostName } from '#sandbox/topologies.ts';

export type LimitSeen = {
  /** Bytes; 0 is no limit, null no server. */
  readonly running: number | null;
  /** `used_memory` in bytes; null when there is no server. */
  readonly used: number | null;
  /** As written in redis.conf. */
  readonly file: string | null;
  /** Bytes; null when Prometheus has no such series of this server. */
  readonly prometheus: number | null;
};

/** A host of a lab has 192 MiB for everything on it. */
const most = 128 * 1024 * 1024;
/** An empty Redis uses almost so much. */
const least = 1024 * 1024;

export async function seeLimit(probe: Probe, host: HostName, target: Labels | null): Promise<LimitSeen> {
  const [info, conf, series] = await Promise.all([
    probe.info(host),
    readConfig(probe, host),
    target ? query(probe, `redis_memory_max_bytes${selector(target)}`) : [],
  ]);
  return {
    running: info ? Number(info['maxmemory']) : null,
    used: info ? Number(info['used_memory']) : null,
    file: lastDirective(conf, 'maxmemory')?.[0] ?? null,
    prometheus: series[0]?.value ?? null,
  };
}

export function judgeLimits(limits: { readonly [host: string]: LimitSeen }): Finding {
  const found = Object.entries(limits);
  const running = found.flatMap(([host, { running }]) => notRunning(host, running));
  if (running.length > 0)
    return unmet(
      `${running.join('; ')}.`,
      'Give each server a limit that its host can hold: redis-cli CONFIG SET maxmemory 64mb.',
    );
  const files = found.filter(([, { file }]) => file === null || /^0+[a-z]*$/i.test(file)).map(([host]) => host);
  if (files.length > 0)
    return unmet(
      `The limit of ${files.join(', ')} is not in redis.conf: it is gone after a restart.`,
      'Write it there: redis-cli CONFIG REWRITE.',
    );
  const other = found.filter(([, { file, running }]) => bytesOf(file ?? '') !== running);
  if (other.length > 0)
    return unmet(
      `${other.map(([host, { file, running }]) => `maxmemory of ${host} is ${running} bytes now, but will be ${file} after a restart`).join('; ')}.`,
      'Write the present limit into the file: redis-cli CONFIG REWRITE.',
    );
  const unseen = found.filter(([, { running, prometheus }]) => running !== prometheus).map(([host]) => host);
  if (unseen.length > 0)
    return unmet(
      `Prometheus does not show the limit of ${unseen.join(', ')}.`,
      'Do Prometheus and the exporter run, and is the server scraped? Ask for redis_memory_max_bytes on the page of Prometheus.',
    );
  return met(
    `${found.map(([host, { running }]) => `${host} ${megabytes(running)}`).join(', ')}: also in redis.conf, and known to Prometheus.`,
  );
}

/** The servers whose memory is over the usual threshold right now, with how full they are: an alert about it is right. */
export function nearlyFull(limits: { readonly [host: string]: LimitSeen }): readonly string[] {
  return Object.entries(limits).flatMap(([host, { running, used }]) =>
    running && used && used / running > 0.8
      ? [`${host} uses ${Math.round((100 * used) / running)} % of its limit`]
      : [],
  );
}

function notRunning(host: string, running: number | null): readonly string[] {
  if (running === null) return [`${host} does not answer`];
  if (running === 0) return [`maxmemory of ${host} is 0: there is no limit, so no percentage`];
  if (running < least)
    return [
      `maxmemory of ${host} is ${running} bytes, less than Redis takes without any data (a bare number counts bytes)`,
    ];
  return running > most ? [`maxmemory of ${host} is ${megabytes(running)}, more than its host can hold`] : [];
}

const megabytes = (bytes: number | null): string => `${Math.round((bytes ?? 0) / 1024 / 1024)} MiB`;
