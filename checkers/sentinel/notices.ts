/** Do the Sentinels tell somebody? Their notification scripts, and what reached the inbox through them. */
import { ofTrio, trio } from '#checkers/trio/hosts.ts';
import type { OfTrio, TrioHost } from '#checkers/trio/hosts.ts';
import { drill, met, unmet } from '#checking/define.ts';
import type { Finding, LookCriterion } from '#checking/define.ts';
import type { Probe } from '#checking/probe.ts';
import type { InboxMessage } from '#shared/wire.ts';
import type { SentinelEvidence } from './evidence.ts';
import { cutPower, judgePowerCut } from './power-cut.ts';
import type { PowerCutSeen } from './power-cut.ts';

export type ScriptSeen = { readonly path: string; readonly executable: boolean };

export type NoticesEvidence = SentinelEvidence & {
  /** Null where a Sentinel has no notification script. */
  readonly scripts: OfTrio<ScriptSeen | null>;
  /** Times (milliseconds since 1970) of messages from Sentinel that tell of a move of the master. */
  readonly moveNotices: readonly number[];
  /** Messages of Sentinel's of any kind. */
  readonly noticeCount: number;
};

/** A message this much after the move still belongs to it, in milliseconds. Sentinel runs its scripts one by one. */
const DELAY = 30_000;
const CLOCKS = 2_000;

export async function seeNotices(probe: Probe, evidence: SentinelEvidence): Promise<NoticesEvidence> {
  const messages = probe.inbox().filter(tellsOfSentinel);
  return {
    ...evidence,
    scripts: await ofTrio((host) => seeScript(probe, host, evidence)),
    moveNotices: messages.flatMap((message) => (tellsOfMove(message) ? [Date.parse(message.at)] : [])),
    noticeCount: messages.length,
  };
}

/** A script may also send mail, or write into the chat. */
const tellsOfSentinel = (message: InboxMessage): boolean => message.channel === 'sentinel' || tellsOfMove(message);
export const tellsOfMove = ({ raw, text }: InboxMessage): boolean => `${raw}\n${text}`.includes('switch-master');

async function seeScript(
  probe: Probe,
  host: TrioHost,
  { watchers, processes }: SentinelEvidence,
): Promise<ScriptSeen | null> {
  const path = watchers[host]?.script;
  const user = processes[host]?.user;
  if (!path || !user) return null;
  const result = await probe.run(host, ['bash', '-c', mayExecute, 'look', path, user]);
  return { path, executable: result.code === 0 };
}

const mayExecute = 'exec setpriv --reuid="$2" --regid="$(id -g "$2")" --clear-groups test -x "$1"';

export const notified: LookCriterion<NoticesEvidence> = {
  id: 'notified',
  needs: ['happened'],
  asks: 'You were told: the notification script of the Sentinels reported the failover to the inbox.',
  judge: ({ scripts, moves, moveNotices, noticeCount }) => {
    const without = trio.filter((host) => !scripts[host]);
    if (without.length > 0) {
      return unmet(
        `No notification script on ${without.join(', ')}.`,
        'sentinel notification-script mymaster /etc/redis/notify.sh in sentinel.conf, while the Sentinel is stopped ' +
          '(scripts cannot be set from outside while it runs).',
      );
    }
    const locked = trio.filter((host) => !scripts[host]?.executable);
    if (locked.length > 0) {
      return unmet(
        `${locked.map((host) => `${host}: ${scripts[host]?.path} cannot be executed by the Sentinel’s user`).join('; ')}.`,
        'sudo chmod 755 on the script, and see that it begins with #!/bin/sh.',
      );
    }
    const timely = moves.some(({ announcedAt }) =>
      moveNotices.some((at) => at >= announcedAt - CLOCKS && at <= announcedAt + DELAY),
    );
    if (timely) return met(`The move of the master was reported; ${noticeCount} messages came from the Sentinels.`);
    return unmet(
      moveNotices.length > 0
        ? 'A message tells of a move of the master, but it came at another time than the failover.'
        : `${noticeCount} messages came from the Sentinels, none of them about a move of the master (+switch-master).`,
      noticeCount === 0
        ? 'Try the script as the Sentinel runs it: sudo -u redis env <script> +switch-master test. It begins with #!/bin/sh, ' +
            'and sends what it gets: curl -s -m 5 -d "$1 $2" http://inbox/sentinel. Then let the master fail once more.'
        : 'The script gets the event as $1 and its description as $2: send both, e.g. with ' +
            'curl -s -m 5 -d "$1 $2" http://inbox/sentinel. Then let the master fail once more.',
    );
  },
};

export type ToldPowerCut = PowerCutSeen & {
  /** Milliseconds from the power cut until a message told of the move; null when none did. */
  readonly toldAfter: number | null;
};

/** Milliseconds to wait for a message when all else is over. */
const LATE_MESSAGE = 5_000;

/** A message that came while nobody but the Sentinels knew of the failure: it cannot have been written by hand. */
export const toldPowerCut = drill<NoticesEvidence, ToldPowerCut>({
  id: 'power-cut',
  asks:
    'The proof: the checker cuts the power of the master’s host (Redis and its Sentinel) while an application writes. ' +
    'A replica takes over, the writes go on, the inbox is told of it, and the old master comes back as a replica.',
  act: async (drilling, evidence) => {
    const begun = Date.now();
    const seen = await cutPower(drilling, evidence);
    const told = await drilling.until(
      () => drilling.inbox().find((message) => Date.parse(message.at) >= begun && tellsOfMove(message)),
      seen.next ? LATE_MESSAGE : 0,
    );
    return { ...seen, toldAfter: told ? Date.parse(told.at) - begun : null };
  },
  judge: judgeToldPowerCut,
});

export function judgeToldPowerCut({ toldAfter, ...seen }: ToldPowerCut): Finding {
  const finding = judgePowerCut(seen);
  if (finding.state !== 'met') return finding;
  if (toldAfter !== null) {
    return met(`${finding.seen} The inbox was told ${(toldAfter / 1000).toFixed(1)} s after the power cut.`);
  }
  return unmet(
    `${seen.next} took over, and no message in the inbox tells of it.`,
    'The script ran for the failover that you caused, and not for this one: does it send what it gets as $1 and $2, on ' +
      'every host? Try it: sudo -u redis <script> +switch-master test.',
  );
}
