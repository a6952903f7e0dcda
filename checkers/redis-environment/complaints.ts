/** Complaints about hosts, each with the advice that helps with it. */
import { unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { TrioHost } from '../trio/hosts.ts';

export interface Complaint {
  readonly host: TrioHost;
  readonly seen: string;
  /** What to do on that host. */
  readonly tryThis: string;
}

/** All that was seen, and what helps with the first of it, on every host where it does. */
export function told(complaints: readonly Complaint[]): Finding | undefined {
  const [first] = complaints;
  if (!first) return undefined;
  const hosts = complaints.filter(({ tryThis }) => tryThis === first.tryThis).map(({ host }) => host);
  return unmet(complaints.map(({ seen }) => seen).join('; '), `On ${hosts.join(', ')}: ${first.tryThis}`);
}
