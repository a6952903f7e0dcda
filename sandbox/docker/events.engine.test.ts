/** Host events over a connection to the real engine that is cut and comes again, as when the engine is restarted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HostEvent, SandboxDriver } from '../driver.ts';
import { topologies } from '../topologies.ts';
import { connectEngine, dockerDriver, labImage, ownerOf } from './index.ts';

/** Stands between a driver and the engine. */
class Line {
  readonly #engine: Docker;
  readonly #folder = mkdtempSync(join(tmpdir(), 'engine-line-'));
  readonly #ends = new Set<Socket>();
  #server: Server | undefined;
  readonly docker = new Docker({ socketPath: join(this.#folder, 'engine.sock') });

  constructor(engine: Docker) {
    this.#engine = engine;
  }

  async join(): Promise<void> {
    const { socketPath, host, port } = this.#engine.modem as { socketPath?: string; host?: string; port?: number };
    this.#server = createServer((near) => {
      const far = connect(socketPath ? { path: socketPath } : { host: host ?? '', port: Number(port) });
      for (const end of [near, far]) {
        this.#ends.add(end);
        end.on('error', () => undefined).on('close', () => this.#ends.delete(end));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.#server?.listen(join(this.#folder, 'engine.sock'), resolve));
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const end of this.#ends) end.destroy();
    await closed;
  }

  async close(): Promise<void> {
    await this.cut();
    rmSync(this.#folder, { recursive: true });
  }
}

const lab = 'events-1';
const end = new AbortController();
let line: Line;
let direct: SandboxDriver;
let overLine: SandboxDriver;

beforeEach(async () => {
  const engine = await connectEngine();
  line = new Line(engine);
  await line.join();
  const parts = {
    instance: `test-events-${process.pid}`,
    image: labImage(),
    network: '10.213.0.0/16',
    owner: ownerOf(process.pid),
  };
  direct = dockerDriver({ ...parts, docker: engine });
  overLine = dockerDriver({ ...parts, docker: line.docker });
});
afterEach(async () => {
  end.abort();
  await direct.remove(lab);
  await line.close();
});

test('that were broken off are told as resumed, once, with what happened meanwhile', async () => {
  const told: (HostEvent['what'] | 'resumed')[] = [];
  overLine.watch(
    ({ host, what }) => void (host === 'redis-1' && told.push(what)),
    end.signal,
    () => told.push('resumed'),
  );
  const { fault, mend } = await direct.create(lab, topologies.single);
  await vi.waitFor(() => expect(told).toEqual(['started']), { timeout: 20_000 });
  await line.cut();
  await fault('host-down', 'redis-1');
  await line.join();
  await vi.waitFor(() => expect(told).toEqual(['started', 'resumed', 'died']), { timeout: 20_000 });
  await mend('host-down', 'redis-1');
  await vi.waitFor(() => expect(told).toEqual(['started', 'resumed', 'died', 'started']), { timeout: 20_000 });
});
