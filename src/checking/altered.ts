/**
 * A probe looks with the programs of the hosts themselves, and a learner is root there. So a verdict of "met" is believed
 * only when the engine, which no host can fool, says that these programs are still those of the image.
 */
import { HostDown } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';

/** Why nothing that was seen in this lab can be believed, said to the learner; undefined when all is well. */
export async function alteredHosts(lab: Lab): Promise<string | undefined> {
  const hosts = lab.topology.hosts.filter((host) => host.terminals);
  const changed = await Promise.all(hosts.map(async ({ name }) => ({ name, paths: await changedOn(lab, name) })));
  const altered = changed.filter(({ paths }) => paths.length > 0);
  if (altered.length === 0) return undefined;
  const said = altered.map(({ name, paths }) => `${name}: ${paths.slice(0, 5).join(', ')}`).join('; ');
  return (
    `The checks look with the programs of your hosts, and some of them are no longer those that the lab came with ` +
    `(${said}). What they say cannot count. Reset the lab, and do the step again with the programs as they are.`
  );
}

async function changedOn(lab: Lab, host: Parameters<Lab['changedPrograms']>[0]): Promise<readonly string[]> {
  try {
    return await lab.changedPrograms(host);
  } catch (error) {
    // A host that is gone has told nothing.
    if (error instanceof HostDown) return [];
    throw error;
  }
}
