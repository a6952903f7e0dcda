/**
 * Connections into labs that are used again: a page of Prometheus asks for twenty files, and each new connection costs
 * the engine a process. One agent for each service of each lab, for as long as somebody looks at it.
 */
import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Lab } from '#sandbox/driver.ts';
import type { Service } from './known.ts';

/** Milliseconds without a request after which the connections of a service are closed. */
const idleTime = 10_000;

export class Dials {
  readonly #open = new Map<string, { readonly agent: Agent; readonly idle: NodeJS.Timeout }>();

  agent(lab: Lab, service: Service): Agent {
    const key = `${lab.id} ${service.name}`;
    const known = this.#open.get(key);
    known?.idle.refresh();
    return known?.agent ?? this.#make(key, lab, service);
  }

  #make(key: string, lab: Lab, service: Service): Agent {
    const agent = new DialAgent(lab, service);
    const idle = setTimeout(() => {
      this.#open.delete(key);
      agent.destroy();
    }, idleTime).unref();
    this.#open.set(key, { agent, idle });
    return agent;
  }
}

class DialAgent extends Agent {
  readonly #dial: () => Promise<Duplex>;

  constructor(lab: Lab, { host, port }: Service) {
    super({ keepAlive: true, maxSockets: 6 });
    this.#dial = () => lab.dial(host, port);
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#dial().then(
      (stream) => done?.(null, asSocket(stream)),
      (error: Error) => done?.(error, undefined as never),
    );
  }
}

/** What the agent asks of a socket and a dialled stream does not have: to be kept alive, and not to keep the process. */
function asSocket(stream: Duplex): Duplex {
  const manners = ['ref', 'unref', 'setKeepAlive', 'setTimeout'].filter((name) => !(name in stream));
  return Object.assign(stream, Object.fromEntries(manners.map((name) => [name, () => stream])));
}
