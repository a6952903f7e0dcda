/**
 * Which requests come from the course's own pages. A browser lets any page send requests to this server, and a name that
 * an attacker owns may resolve to 127.0.0.1; so the name asked for and the page that asks are both checked.
 */
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../config.ts';

export interface OriginRules {
  /** Whether the Host header names this server. */
  hostIsOurs(request: IncomingMessage): boolean;
  /** Whether a change or a WebSocket may come from the page that asks for it; programs send no Origin and may. */
  pageIsOurs(request: IncomingMessage): boolean;
}

export function originRules({ host, publicOrigin }: { host: string; publicOrigin: string | undefined }): OriginRules {
  const publicHost = publicOrigin && new URL(publicOrigin).host;
  const hostIsOurs = (request: IncomingMessage) => {
    const asked = request.headers.host ?? '';
    if (asked === publicHost) return true;
    const { hostname } = URL.parse(`http://${asked}`) ?? {};
    if (hostname === undefined) return false;
    const bare = hostname.replace(/^\[(.*)\]$/, '$1');
    if (isLoopback(bare)) return true;
    // With a public origin set, every other name is foreign. Without, others reach a shared server by a name we do not know.
    return publicHost === undefined && !isLoopback(host);
  };
  return {
    hostIsOurs,
    pageIsOurs(request) {
      const { origin, host: asked } = request.headers;
      const site = request.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
      if (origin === undefined || origin === publicOrigin) return true;
      // Behind an https proxy the same name over http is somebody else's page.
      return asked !== publicHost && URL.parse(origin)?.host === asked;
    },
  };
}
