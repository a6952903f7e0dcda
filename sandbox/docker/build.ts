/** Builds one target of the lab image; the answer is the engine's stream of progress. */
import { readdirSync } from 'node:fs';
import type Docker from 'dockerode';
import type { HostSpec } from '../topologies.ts';
import { imageFolder, labImage } from './image.ts';

/** `folder` holds the Dockerfile; the tag tells its content. */
export function buildLabImage(
  docker: Docker,
  target: HostSpec['image'],
  folder = imageFolder,
): Promise<NodeJS.ReadableStream> {
  const image = labImage(folder);
  return docker.buildImage(
    { context: folder, src: readdirSync(folder) },
    {
      t: image.tag(target),
      target,
      // The machine's own way to Debian's mirrors, whatever it is.
      networkmode: 'host',
      buildargs: proxies(),
      labels: { 'redis-clinic.image': image.version },
    },
  );
}

function proxies(): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
