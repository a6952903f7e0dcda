/** Does each Sentinel run so that it survives a restart of its host and can remember what it decided? */
import { trio } from '#checkers/trio/hosts.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import { met, unmet } from '#checking/define.ts';
import type { LookCriterion } from '#checking/define.ts';
import type { SentinelEvidence } from './evidence.ts';

/** Milliseconds: a failure that is noticed later than this keeps the application waiting for too long. */
const SLOWEST = 10_000;

export const service: LookCriterion<SentinelEvidence> = {
  id: 'service',
  needs: ['quorum'],
  asks:
    'Each Sentinel runs as a service: with a user of its own, started with its host, and able to rewrite its ' +
    'configuration file. It notices a failure within 10 s.',
  judge: (evidence) => {
    const complaints = trio.flatMap((host) => complaintsOf(host, evidence));
    const [first] = complaints;
    if (first) return unmet(`${complaints.map(({ seen }) => seen).join('; ')}.`, first.tryThis);
    const { downAfter } = evidence.watchers['redis-1'] ?? {};
    return met(`All three run as services and call a server down after ${downAfter} ms of silence.`);
  },
};

function complaintsOf(host: TrioHost, { processes, watchers }: SentinelEvidence): { seen: string; tryThis: string }[] {
  const process = processes[host];
  const watcher = watchers[host];
  if (!process || !watcher) return [];
  const { user, file, fileOwner, writable, saved, enabled } = process;
  return [
    ...(user === 'root'
      ? [
          {
            seen: `${host}: the Sentinel runs as root`,
            tryThis:
              'Stop it (redis-cli -p 26379 SHUTDOWN), give the file back (sudo chown redis:redis /etc/redis/sentinel.conf), ' +
              'and let the service start it: sudo systemctl enable --now redis-sentinel.',
          },
        ]
      : []),
    ...(writable && saved
      ? []
      : [
          {
            seen: `${host}: the Sentinel (user ${user}) cannot keep its state in ${file || 'a file'} (owner ${fileOwner || 'none'})`,
            tryThis: `sudo chown redis:redis ${file || '/etc/redis/sentinel.conf'}, then restart redis-sentinel.`,
          },
        ]),
    ...(enabled
      ? []
      : [
          {
            seen: `${host}: the Sentinel is not started with its host`,
            tryThis:
              'sudo systemctl enable redis-sentinel: a Sentinel that stays away after a power cut is missing at the next.',
          },
        ]),
    ...(watcher.downAfter <= SLOWEST
      ? []
      : [
          {
            seen: `${host}: down-after-milliseconds is ${watcher.downAfter}`,
            tryThis: `redis-cli -p 26379 SENTINEL SET ${watcher.name} down-after-milliseconds 5000, on every host.`,
          },
        ]),
  ];
}
