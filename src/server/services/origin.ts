/**
 * Each service of each lab has an origin of its own, so that a page served from inside a lab shares neither cookies nor
 * storage nor rights with the course: `http://<lab>-<seal>--prometheus.localhost:4321`. The seal cannot be guessed; who
 * has the address may open the page.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { serviceNamed, type Service } from './known.ts';

export interface Place {
  readonly lab: string;
  readonly service: Service;
}

export interface Origins {
  url(place: Place): string;
  /** Whether a Host header names a service origin at all, sealed rightly or not. */
  covers(host: string | undefined): boolean;
  /** The place that a Host header names; undefined when its seal is wrong. */
  place(host: string | undefined): Place | undefined;
}

/** `pattern` is the operator's: an origin whose host begins with `*.`, e.g. `https://*.labs.example.org`. */
export function serviceOrigins(pattern: string, secret: string): Origins {
  const wildcard = new URL(pattern);
  if (!wildcard.hostname.startsWith('*.'))
    throw new Error(
      `The service origin ${pattern} must have a host that begins with "*.", e.g. https://*.labs.example.org`,
    );
  const parent = wildcard.host.slice(1);
  const sealOf = (lab: string) =>
    createHmac('sha256', secret).update(`service origin of ${lab}`).digest('hex').slice(0, 26);

  const covers = (host: string | undefined) => host !== undefined && host.toLowerCase().endsWith(parent);
  return {
    covers,
    url: ({ lab, service }) => `${wildcard.protocol}//${lab}-${sealOf(lab)}--${service.name}${parent}`,
    place(host) {
      if (!host || !covers(host)) return undefined;
      const label = host.toLowerCase().slice(0, -parent.length);
      const [, lab, seal, name] = /^([a-z0-9-]+)-([0-9a-f]{26})--([a-z]+)$/.exec(label) ?? [];
      const service = name && serviceNamed(name);
      if (!lab || !seal || !service || !timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(lab)))) return undefined;
      return { lab, service };
    },
  };
}
