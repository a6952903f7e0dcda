/** After a restart of the engine or its machine every host of a lab is stopped: they start again, as machines with power do. */
import type { Lab } from '#sandbox/driver.ts';

/** Leaves a lab alone in which any host runs: what is down there is down on purpose. */
export async function revive(lab: Lab): Promise<void> {
  const hosts = lab.topology.hosts.map(({ name }) => name);
  const states = await Promise.all(hosts.map((host) => lab.hostState(host)));
  if (states.every((state) => state === 'stopped')) await Promise.all(hosts.map((host) => lab.mend('host-down', host)));
}
