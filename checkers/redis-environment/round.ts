/** One command a host tells what runs there and how its neighbour answers it. */
import type { Probe } from '#checking/probe.ts';
import { ofTrio, trio } from '../trio/hosts.ts';
import type { OfTrio } from '../trio/hosts.ts';
import { lookAtService, serviceIn } from '../trio/services.ts';
import type { ServiceSeen } from '../trio/services.ts';
import { asking, neighbourOf, replyIn } from './reachable.ts';

export interface Round {
  readonly services: OfTrio<ServiceSeen>;
  /** How each host answers the one beside it. */
  readonly replies: OfTrio<string>;
}

/** A line of `ps` has columns before the command, so that no process can look like this. */
const between = '==';

export async function lookRound(probe: Probe): Promise<Round> {
  const asked = (host: (typeof trio)[number]) => trio.find((other) => neighbourOf[other] === host) ?? host;
  const told = await ofTrio(async (host) => {
    const { stdout, stderr } = await probe.run(host, `${lookAtService}\necho ${between}\n${asking(asked(host))}`);
    const [service = '', ...reply] = stdout.split(`\n${between}\n`);
    return { service: serviceIn(`${service}\n`), reply: replyIn({ stdout: reply.join(''), stderr }) };
  });
  return {
    services: await ofTrio(async (host) => told[host].service),
    replies: await ofTrio(async (host) => told[neighbourOf[host]].reply),
  };
}
