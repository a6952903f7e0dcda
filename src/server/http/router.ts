/** Finds the route of a request. Paths are exact, with named parts: '/api/steps/:lesson/:step/check'. */
import type { Route } from './route.ts';

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export interface Router {
  /** The route, or the methods that the path has instead (none when no route has the path). */
  find(method: string, path: string): Match | { readonly allowed: readonly string[] };
}

export function routerOf(routes: readonly Route[]): Router {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return {
    find(method, path) {
      const allowed: string[] = [];
      for (const { route, pattern } of compiled) {
        const groups = pattern.exec(path)?.groups;
        if (!groups) continue;
        if (route.method === method || (method === 'HEAD' && route.method === 'GET')) {
          const params = decode(groups);
          return params ? { route, params } : { allowed: [] };
        }
        allowed.push(route.method);
      }
      return { allowed };
    },
  };
}

/** The empty group makes `groups` an object also for a path without named parts. */
const patternOf = (path: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}(?<whole>)$`);

function decode(groups: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, decodeURIComponent(part)]));
  } catch {
    return undefined;
  }
}
