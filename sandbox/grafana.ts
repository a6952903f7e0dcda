/** Grafana is in the lab image only where the operator has provided its package (sandbox/image/packages). */
import type { HostName } from './topologies.ts';

/** What the package brings, on whatever host it is installed. */
export const grafanaProgram = '/usr/share/grafana/bin/grafana';

/** A lab, or a checker's probe into one. */
interface Machines {
  run(host: HostName, command: readonly string[]): Promise<{ readonly code: number }>;
}

/** Whether this installation has Grafana, as the host says that no learner can change. */
export async function hasGrafana(machines: Machines): Promise<boolean> {
  return (await machines.run('outside', ['test', '-x', grafanaProgram])).code === 0;
}
