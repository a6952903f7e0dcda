/** File and line, relative to the repository, where an author's code failed; undefined when the stack does not tell. */
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function whereItBroke(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = [...stack.matchAll(/(?:file:\/\/)?(\/[^\s()?]+?)(?:\?[^\s():]*)?:(\d+)/g)].flatMap(([, path, line]) =>
    path?.startsWith(root) && !path.includes('/node_modules/') ? [`${path.slice(root.length)}:${line}`] : [],
  );
  return places.find((place) => /^(lessons|checkers)\//.test(place)) ?? places[0];
}
