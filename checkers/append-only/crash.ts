/** The drill that kills servers right after a write, and looks whether the append-only file brings it back. */
import { endProcess, startService } from '#checkers/trio/processes.ts';
import { inOneLine, lastWords } from '#checkers/trio/services.ts';
import { seeServer } from '#checkers/trio/servers.ts';
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { seeLives } from './lives.ts';
import type { Life } from './lives.ts';
import { inAppendOnlyFile, inSnapshot, newTrace, placesOf } from './on-disk.ts';

export type CrashSeen = {
  readonly master: string;
  readonly refused: string | null;
  /** Hosts whose append-only file did not have the write before they were killed. */
  readonly notLogged: readonly string[];
  /** The write was in the master's snapshot as well, so that the snapshot may have brought it back. */
  readonly snapshotHadIt: boolean;
  /** What the master's log says that it read at its start. Absent in older records. */
  readonly loaded?: Life['loaded'];
  readonly notBack: readonly string[];
  /** How the log of the first of those ends. Absent in older records. */
  readonly lastWords?: string;
  readonly lost: readonly string[];
};

/** Writes to the master, waits for the write in every host's file, kills all of them at once and starts them again. */
export async function crashAfterWrite(
  drilling: Drilling,
  master: HostName,
  hosts: readonly HostName[],
): Promise<CrashSeen> {
  const seen: CrashSeen = { master, refused: null, notLogged: [], snapshotHadIt: false, notBack: [], lost: [] };
  const { key, value } = newTrace();
  const written = await drilling.redis(master, ['SET', key, value]);
  if (!written.ok) return { ...seen, refused: written.text };

  const without = async (look: (host: HostName) => Promise<boolean>) => {
    const holds = await Promise.all(hosts.map(look));
    return hosts.filter((_, n) => !holds[n]);
  };
  const places = await placesOf(drilling, master);
  const notLogged = await without(async (host) => {
    const logged = () => inAppendOnlyFile(drilling, host, value);
    return (await drilling.until(logged, 4_000)) !== undefined;
  });

  drilling.say(`Killing ${hosts.join(', ')} with SIGKILL`);
  const killed = await Promise.all(hosts.map((host) => endProcess(drilling, host, 'KILL')));
  const snapshotHadIt = await inSnapshot(drilling, master, places, value);
  drilling.say(`Starting ${hosts.join(', ')} again`);
  await Promise.all(hosts.map((host) => startService(drilling, host)));

  const notBack = await without(async (host) => {
    const back = async () => {
      const server = await seeServer(drilling, host);
      const ready = server && !server.loading && (host === master || server.linkUp);
      return ready && server.runId !== killed[hosts.indexOf(host)] ? true : undefined;
    };
    return (await drilling.until(back, 40_000)) ?? false;
  });
  const lost = await without(async (host) => {
    const answer = await drilling.redis(host, ['GET', key]);
    return answer.ok && answer.value === value;
  });
  await drilling.redis(master, ['UNLINK', key]);
  const loaded = (await seeLives(drilling, master)).at(-1)?.loaded ?? 'nothing';
  const [away] = notBack;
  const words = away === undefined ? '' : inOneLine((await drilling.run(away, lastWords)).stdout);
  return { ...seen, notLogged, snapshotHadIt, loaded, notBack, lastWords: words, lost };
}

export function judgeCrash(seen: CrashSeen): Finding {
  const { master, refused, notLogged, snapshotHadIt, loaded, notBack, lastWords: words, lost } = seen;
  if (refused !== null) return unmet(`${master} does not take writes: ${refused}`, 'Try it: redis-cli SET a 1.');
  if (notBack.length > 0)
    return unmet(
      `${notBack.join(' and ')} did not come back within 40 s${words ? ` (the log of ${notBack[0]} ends: ${words})` : ''}.`,
      'sudo systemctl start redis-server, or the end of /var/log/redis/redis-server.log, tells why. A line of redis.conf that ' +
        'Redis does not take ends it at once; a damaged append-only file is mended with redis-check-aof --fix.',
    );
  if (lost.length > 0)
    return unmet(
      `After the crash the last write is gone from ${lost.join(' and ')}.`,
      'Does redis.conf say appendonly yes? What the log says of "DB loaded from" tells what was read at the start.',
    );
  if (notLogged.length > 0)
    return unmet(
      `The write came back, but it was not in the append-only file of ${notLogged.join(' and ')} before the crash.`,
      'Is appendonly on there? redis-cli INFO persistence shows it.',
    );
  if (snapshotHadIt && loaded === 'append-only file')
    return met('The write was in the append-only file, and after the restart that file was read (the log says so).');
  if (snapshotHadIt)
    return unmet(
      `The write was also in the snapshot of ${master}, so this crash proves nothing of the append-only file.`,
      'Snapshots are taken very often here (CONFIG GET save). Check again.',
    );
  return met(
    'The write was in the append-only file and not in the snapshot, and it was there again after the restart.',
  );
}
