/** Whether anything can be asked of Grafana; where it is not part of the lab, that is said, and the step can still be done. */
import { unmet, unverifiable, type Finding } from '#checking/define.ts';
import type { GrafanaState } from './api.ts';

const start = 'sudo systemctl enable --now grafana-server';

export function judgeInstalled({ installed, up, trouble }: GrafanaState): Finding | undefined {
  if (!installed) return unverifiable('Cannot be verified in this installation: its lab has no Grafana.');
  if (trouble === 'not-on-monitor')
    return unmet('Grafana is not installed on monitor.', `sudo apt-get install -y grafana, then ${start}`);
  if (trouble === 'locked')
    return unmet(
      'Grafana does not let the checker in.',
      'Leave [auth.anonymous] in /etc/grafana/grafana.ini on, or keep the login admin with the password admin.',
    );
  return up ? undefined : unmet('Grafana does not answer on monitor:3000.', start);
}
