/** A driver for tests on a real engine. What a killed run leaves is swept by the next `npm test`. */
import { connectEngine, dockerDriver, labImage, ownerOf } from './docker/index.ts';
import type { SandboxDriver } from './driver.ts';

/** Each test file has its own labs; `name` tells them apart in `docker ps`. */
export async function testDriver(name: string): Promise<SandboxDriver> {
  return dockerDriver({
    docker: await connectEngine(),
    instance: `test-${name}-${process.pid}`,
    image: labImage(),
    network: '10.213.0.0/16',
    owner: ownerOf(process.pid),
  });
}
