/** Is redis-1 the master, and do both others follow it? */
import { met } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { FileRole } from '../trio/files.ts';
import { othersThan, trio } from '../trio/hosts.ts';
import type { OfTrio, TrioHost } from '../trio/hosts.ts';
import { followed } from '../trio/servers.ts';
import type { ServerSeen, Servers } from '../trio/servers.ts';
import { told } from './complaints.ts';
import type { Complaint } from './complaints.ts';

export function judgeRoles(seen: Servers, written: OfTrio<FileRole>): Finding {
  const wrong = othersThan('redis-1').flatMap((host) => notReplica(host, seen[host], written[host]) ?? []);
  const first = seen['redis-1'];
  const ofMaster = (complaint: string, tryThis: string) => ({ host: 'redis-1' as const, seen: complaint, tryThis });
  if (first?.role === 'replica')
    wrong.unshift(
      ofMaster(
        `redis-1 is a replica of ${followed(first)}`,
        'redis-cli REPLICAOF NO ONE, and no replicaof in its redis.conf: it is the master.',
      ),
    );
  const lookAtReplicas =
    'redis-cli INFO replication lists its replicas; sudo tail /var/log/redis/redis-server.log tells more.';
  if (wrong.length === 0 && first?.replicas !== 2)
    wrong.push(ofMaster(`redis-1 counts ${first?.replicas ?? 0} replicas, not 2`, lookAtReplicas));
  if (wrong.length === 0 && new Set(trio.map((host) => seen[host]?.replid)).size > 1)
    wrong.push(ofMaster('the three do not share one replication id', lookAtReplicas));
  return told(wrong) ?? met('redis-1 is the master of redis-2 and redis-3, with both links up');
}

function notReplica(host: TrioHost, server: ServerSeen | null, file: FileRole): Complaint | undefined {
  const complaint = (seen: string, tryThis: string) => ({ host, seen: `${host} ${seen}`, tryThis });
  const write = 'replicaof redis-1 6379 in redis.conf, then sudo systemctl restart redis-server.';
  if (!server) return complaint('does not answer', 'systemctl status redis-server');
  if (server.role === 'master' && file)
    return complaint(
      `says role:master, though its redis.conf says ${file.line}`,
      'sudo systemctl restart redis-server: the file is only read at the start.',
    );
  if (server.role === 'master') return complaint('says role:master, so it replicates nobody', write);
  if (server.follows !== 'redis-1') return complaint(`follows ${followed(server)}, not redis-1`, write);
  if (server.linkUp) return undefined;
  return complaint(
    `follows ${followed(server)}, but its link is down`,
    'sudo tail /var/log/redis/redis-server.log tells why. NOAUTH or WRONGPASS: masterauth must be the password of redis-1. ' +
      'Connection refused: bind of redis-1 keeps it out, or replicaof names another host or port than redis-1 6379.',
  );
}
