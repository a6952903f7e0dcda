/** Does Redis serve on every host: installed, run by its service, one a host, and started with it? */
import { met } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import { trio } from '../trio/hosts.ts';
import type { OfTrio, TrioHost } from '../trio/hosts.ts';
import type { ServerSeen, Servers } from '../trio/servers.ts';
import type { ServiceSeen } from '../trio/services.ts';
import { told } from './complaints.ts';
import type { Complaint } from './complaints.ts';

export function judgeServing(
  services: OfTrio<ServiceSeen>,
  answering: Servers,
  replies: Readonly<Record<TrioHost, string>>,
): Finding {
  const wrong = trio.flatMap((host) => notServing(host, services[host], answering[host], replies[host]) ?? []);
  return told(wrong) ?? met('three servers, one on each host, each run by its service and started with its host');
}

function notServing(
  host: TrioHost,
  service: ServiceSeen,
  server: ServerSeen | null,
  reply: string,
): Complaint | undefined {
  const { installed, pid, enabled, processes, lastWords } = service;
  const complaint = (seen: string, tryThis: string) => ({ host, seen: `${host}: ${seen}`, tryThis });
  if (!installed)
    return complaint('Redis is not installed', 'sudo apt-get update && sudo apt-get install -y redis-server');
  if (processes.length === 0)
    return complaint(
      `no redis-server is running${lastWords ? ` (its log ends: ${lastWords})` : ''}`,
      'sudo systemctl start redis-server. If it ends at once, a line of redis.conf is wrong: that command or ' +
        'sudo tail /var/log/redis/redis-server.log names it.',
    );
  if (!server && reply === '+PONG')
    return complaint(
      'Redis answers PING, but not INFO, by which the checks look',
      'take out what forbids it (rename-command INFO, or the rights of the default user).',
    );
  if (!server)
    return complaint(
      'a redis-server runs, but nothing answers on port 6379',
      'sudo ss -ltnp shows where it listens. Put port 6379 back into redis.conf, then sudo systemctl restart redis-server.',
    );
  if (server.pid !== pid)
    return complaint(
      `Redis was started by hand (process ${server.pid}), not as the service`,
      'end it with redis-cli SHUTDOWN, then sudo systemctl enable --now redis-server.',
    );
  if (server.port !== undefined && server.port !== 6379)
    return complaint(
      `Redis itself listens on port ${server.port}, and something else passes port 6379 on to it`,
      'let Redis listen on 6379 itself: port 6379 in redis.conf, then sudo systemctl restart redis-server.',
    );
  const user = processes.find((process) => process.pid === pid)?.user;
  if (user !== 'redis')
    return complaint(
      `redis-server runs as ${user ?? 'nobody known'}, not as redis`,
      'end it with redis-cli SHUTDOWN, then sudo systemctl enable --now redis-server.',
    );
  if (processes.length > 1)
    return complaint(
      `${processes.length} redis-servers run on this one host`,
      'ps -C redis-server -o pid,args shows them. End those that are not the service: sudo kill and the process id.',
    );
  return enabled
    ? undefined
    : complaint(
        'the service redis-server is not started with its host (disabled)',
        'sudo systemctl enable redis-server.',
      );
}
