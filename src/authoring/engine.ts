/** The engine for an author's labs: they belong to this process, and what a killed one left behind is swept. */
import { connectEngine, dockerDriver, labImage, ownerOf, sweepLeftovers } from '#sandbox/docker/index.ts';
import type { SandboxDriver } from '#sandbox/driver.ts';

/** Apart from the range that a server gives to its learners' labs. */
const network = '10.214.0.0/16';

export async function openDriver(): Promise<SandboxDriver> {
  const docker = await connectEngine();
  await sweepLeftovers(docker);
  return dockerDriver({
    docker,
    instance: `author-${process.pid}`,
    image: labImage(),
    network,
    owner: ownerOf(process.pid),
  });
}
