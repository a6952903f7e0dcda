/** Programs of a host that are not what its image says: the engine knows, whatever the host tells of itself. */
import type Docker from 'dockerode';

/** Of the engine's list of changes. Kind 0: changed, 1: added, 2: removed. A folder counts as changed when its content is. */
interface Change {
  readonly Path: string;
  readonly Kind: 0 | 1 | 2;
}

const programs = /^\/usr\/(s?bin|local\/s?bin|local\/lib\/lab)\/[^/]+$/;
/** Added files that come before what the image has: its own commands in /usr/local, and libraries for every program. */
const shadows = /^(\/usr\/s?bin\/(systemctl|journalctl)|\/etc\/ld\.so\.preload)$/;

export async function changedPrograms(container: Docker.Container): Promise<readonly string[]> {
  const changes: unknown = await container.changes();
  // Where nothing was changed the engine says null, which arrives as a text.
  return Array.isArray(changes) ? chosen(changes as readonly Change[]) : [];
}

export function chosen(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ Path, Kind }) => ((Kind === 1 ? shadows : programs).test(Path) ? [Path] : []));
}
