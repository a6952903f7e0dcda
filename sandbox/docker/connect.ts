/** Finds the Docker engine that the operator means: DOCKER_HOST, the current context, the usual sockets. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { z } from 'zod';
import { EngineUnreachable } from '../driver.ts';
import { whySilent } from './ping.ts';

/** An engine is there, and this user may not speak to it. The message says what to do. */
export class EngineRefuses extends EngineUnreachable {
  override name = 'EngineRefuses';
}

type Environment = Readonly<Record<string, string | undefined>>;

const contextFile = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/** Places where an engine may answer, best first. The operator's own choice leaves no other. */
export function enginePlaces(environment: Environment, home = homedir()): string[] {
  if (environment['DOCKER_HOST']) return [environment['DOCKER_HOST']];
  const context = contextPlace(environment, home);
  if (context !== undefined) return [context];
  const sockets = [
    '/var/run/docker.sock',
    ...(environment['XDG_RUNTIME_DIR'] ? [join(environment['XDG_RUNTIME_DIR'], 'docker.sock')] : []),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(home, '.colima/default/docker.sock'),
    join(home, '.config/colima/default/docker.sock'),
    join(home, '.orbstack/run/docker.sock'),
    join(home, '.rd/docker.sock'),
    ...(environment['XDG_RUNTIME_DIR'] ? [join(environment['XDG_RUNTIME_DIR'], 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  return sockets.map((socket) => `unix://${socket}`);
}

function contextPlace(environment: Environment, home: string): string | undefined {
  const folder = environment['DOCKER_CONFIG'] ?? join(home, '.docker');
  const name =
    environment['DOCKER_CONTEXT'] ??
    contextFile.optional().parse(readJson(join(folder, 'config.json')))?.currentContext;
  if (name === undefined || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  return contextMeta.optional().parse(readJson(join(folder, 'contexts/meta', id, 'meta.json')))?.Endpoints.docker.Host;
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineUnreachable(`${file} cannot be read (${why}). Repair it, or name the engine in DOCKER_HOST.`);
  }
}

function clientFor(place: string): Docker {
  if (place.startsWith('unix://')) return new Docker({ socketPath: place.slice('unix://'.length) });
  if (place.startsWith('npipe://')) return new Docker({ socketPath: place.slice('npipe://'.length) });
  const { hostname, port, protocol } = new URL(place);
  // dockerode reads DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH by itself for TLS and ssh.
  if (protocol !== 'tcp:' && protocol !== 'http:') return new Docker();
  return port === '2376' ? new Docker() : new Docker({ host: hostname, port, protocol: 'http' });
}

/** A client of the first engine that answers within two seconds. */
export async function connectEngine(environment: Environment = process.env): Promise<Docker> {
  const places = enginePlaces(environment);
  const refused: string[] = [];
  for (const place of places) {
    const docker = clientFor(place);
    const why = await whySilent(docker);
    if (why === undefined) return docker;
    if (why === 'EACCES') refused.push(place);
  }
  if (refused.length > 0) {
    throw new EngineRefuses(
      `The Docker engine at ${refused.join(', ')} does not take you in. Join its group with "sudo usermod -aG docker $USER", log out and in again, and run the command again.`,
    );
  }
  throw new EngineUnreachable(`No Docker engine answers at ${places.join(', ')}. Start Docker, or set DOCKER_HOST.`);
}
