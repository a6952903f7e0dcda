/**
 * The web pages of a lab's services, through the server: their list for the lab pane, their own origins, and small
 * charts of the usual Prometheus queries.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lab } from '#sandbox/driver.ts';
import { hasGrafana } from '#sandbox/grafana.ts';
import type { ServiceView } from '#shared/wire.ts';
import { HttpProblem, type Route } from '../http/route.ts';
import { chartsOf } from './charts.ts';
import { Dials } from './dials.ts';
import { guard } from './headers.ts';
import { prometheus, services, type Service } from './known.ts';
import { notice } from './notice.ts';
import { serviceOrigins } from './origin.ts';
import { relay } from './relay.ts';

export interface ServicesParts {
  /** The lab that this learner holds. */
  readonly labOf: (learner: string) => Promise<Lab | undefined>;
  /** A leased lab by its id. */
  readonly labById: (id: string) => Promise<Lab | undefined>;
  /** The course's own origin (or several, with spaces between): only it may show a service in a frame. */
  readonly course: string;
  /** Where services have their origins, with `*` for the part of each: `http://*.localhost:4321`. */
  readonly pattern: string;
  /** Seals the addresses. The same secret gives the same addresses after a restart. */
  readonly secret: string;
}

export interface ServicesRoom {
  readonly routes: readonly Route[];
  /** Answers a request to a service origin; false when the request is for another host. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Whether a Host header is that of a service origin: no WebSocket and no route of the course may answer there. */
  covers(host: string | undefined): boolean;
}

export function servicesRoom({ labOf, labById, course, pattern, secret }: ServicesParts): ServicesRoom {
  const origins = serviceOrigins(pattern, secret);
  const dials = new Dials();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const place = origins.place(request.headers.host);
    const lab = place && (await labById(place.lab));
    if (!lab)
      return notice(
        response,
        404,
        'There is no such lab. It may have ended: open the page from your lab again.',
        course,
      );
    if (place.service.name === 'alertmanager' && request.method === 'GET' && request.url === '/')
      return showAlerts(response, course);
    return relay({ service: place.service, course, agent: dials.agent(lab, place.service) }, request, response);
  }

  const ownLab = async (learner: string) => {
    const lab = await labOf(learner);
    if (!lab) throw new HttpProblem(404, 'You have no lab. Start one from a lesson.');
    return lab;
  };

  return {
    covers: origins.covers,
    handle(request, response) {
      if (!origins.covers(request.headers.host)) return false;
      answer(request, response).catch(() =>
        notice(response, 502, 'The lab could not be reached. Reload this page in a moment.', course),
      );
      return true;
    },
    routes: [
      {
        method: 'GET',
        path: '/api/lab/services',
        who: 'learner',
        async handle({ learner }) {
          const lab = await ownLab(learner);
          const here = services.filter((service) => lab.topology.hosts.some((host) => host.name === service.host));
          const view = async (service: Service): Promise<ServiceView> => {
            const up = await answers(lab, service);
            const lacking = !up && service.name === 'grafana' && !(await hasGrafana(lab).catch(() => true));
            return { ...service, url: origins.url({ lab: lab.id, service }), up, ...(lacking && { lacking }) };
          };
          return { json: await Promise.all(here.map(view)) };
        },
      },
      {
        method: 'GET',
        path: '/api/lab/charts',
        who: 'learner',
        handle: async ({ learner }) => ({ json: await chartsOf(dials.agent(await ownLab(learner), prometheus)) }),
      },
    ],
  };
}

const answers = (lab: Lab, { host, port }: Service) =>
  lab.dial(host, port).then(
    (stream) => {
      stream.destroy();
      return true;
    },
    () => false,
  );

/** Debian's Alertmanager comes without a page of its own. */
const alertsPage = readFileSync(new URL('./alerts.html', import.meta.url));

function showAlerts(response: ServerResponse, course: string): void {
  response.writeHead(200, { ...guard(course), 'content-type': 'text/html; charset=utf-8' }).end(alertsPage);
}
