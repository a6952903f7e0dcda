/** When a lease ends, and why. Pure. */
import type { LeaseView } from '#shared/wire.ts';
import type { Lease } from '../progress/records.ts';

export interface LeaseLimits {
  /** Milliseconds without anybody working. */
  readonly idle: number;
  /** Milliseconds in all, before extensions. */
  readonly absolute: number;
}

export function endOf(lease: Lease, limits: LeaseLimits): { readonly at: number; readonly why: LeaseView['why'] } {
  const idle = lease.usedAt.getTime() + limits.idle;
  const absolute = lease.begunAt.getTime() + limits.absolute + lease.extended;
  return idle < absolute ? { at: idle, why: 'idle' } : { at: absolute, why: 'absolute' };
}

export function viewOf(lease: Lease, limits: LeaseLimits): LeaseView {
  const { at, why } = endOf(lease, limits);
  // By click a lab's whole time can be doubled at most; an instructor may give more.
  return { endsAt: new Date(at).toISOString(), why, extendable: why === 'idle' || lease.extended < limits.absolute };
}
