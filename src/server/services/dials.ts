/**
 * Connections into labs that are used again: a page of Prometheus asks for twenty files, and each new connection costs
 * the engine a process. One agent for each service of each lab, for as long as somebody looks at it.
 */
import type { Agent } from 'node:http';
import { DialAgent } from '#checking/dial-agent.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { Service } from './known.ts';

/** Milliseconds without a request after which the connections of a service are closed. */
const idleTime = 10_000;
/** As many as a browser opens to one origin. */
const atOnce = 6;

export class Dials {
  readonly #open = new Map<string, { readonly agent: Agent; readonly idle: NodeJS.Timeout }>();

  agent(lab: Lab, service: Service): Agent {
    const key = `${lab.id} ${service.name}`;
    const known = this.#open.get(key);
    known?.idle.refresh();
    return known?.agent ?? this.#make(key, lab, service);
  }

  #make(key: string, lab: Lab, service: Service): Agent {
    const agent = new DialAgent(() => lab.dial(service.host, service.port), atOnce);
    const idle = setTimeout(() => {
      this.#open.delete(key);
      agent.destroy();
    }, idleTime).unref();
    this.#open.set(key, { agent, idle });
    return agent;
  }
}
