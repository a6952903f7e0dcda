/** A Redis client whose connection is a port seen from inside a host of a lab. */
import type { Duplex } from 'node:stream';
import { AbstractConnector, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** Milliseconds: dialling asks the engine, which may be busy; a server that has been reached answers sooner. */
const dialPatience = 6_000;

/**
 * A client of the server on that port, not yet connected: `await client.connect()` rejects with the driver's own errors
 * (`PortRefused`, `HostDown`). It does not come back by itself: whoever holds it decides what a lost connection means.
 */
export function redisLink(lab: Lab, host: HostName, port: number, options: RedisOptions = {}): Redis {
  class DialConnector extends AbstractConnector {
    constructor() {
      super(1_000);
    }
    override async connect() {
      const stream = await within(dialPatience, lab.dial(host, port), `${host}:${port}`);
      // ioredis asks for a net.Socket; of what a Duplex lacks it calls only this, and there is nothing to keep alive.
      this.stream = Object.assign(stream, { setKeepAlive: () => stream }) as unknown as AbstractConnector['stream'];
      return this.stream;
    }
  }
  const client = new Redis({
    Connector: DialConnector,
    lazyConnect: true,
    noDelay: false,
    protocol: 2,
    disableClientInfo: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
    commandTimeout: 3_000,
    ...options,
  });
  // Errors reach the caller through the rejected command; without a listener they would also end the process.
  client.on('error', () => undefined);
  return client;
}

/** A dial that comes too late is closed when it does come. */
async function within(milliseconds: number, dialled: Promise<Duplex>, where: string): Promise<Duplex> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`Connection to ${where} timed out`));
    dialled.then((stream) => stream.destroy()).catch(() => undefined);
  }, milliseconds);
  return Promise.race([dialled, late.promise]).finally(() => clearTimeout(timer));
}
