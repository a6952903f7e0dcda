/** The start of a step in a lab: a nonce, a time, and the checker's baseline. */
import { randomBytes } from 'node:crypto';
import type { Lab } from '#sandbox/driver.ts';
import type { InboxMessage, TimelineEvent } from '#shared/wire.ts';
import { withinDeadline } from './deadline.ts';
import type { Checker, Json } from './define.ts';
import { openProbe } from './probe-lab.ts';
import type { StepBegin } from './run.ts';

export interface BeginRequest {
  readonly lab: Lab;
  readonly checker: Checker;
  /** True when the lab was just prepared for the step's lesson. */
  readonly fresh: boolean;
  readonly timeline: () => readonly TimelineEvent[];
  readonly inbox: () => readonly InboxMessage[];
}

const seconds = 30;

export async function beginStep(request: BeginRequest): Promise<StepBegin & { readonly baseline: Json }> {
  const nonce = randomBytes(8).toString('hex');
  const at = new Date();
  const giveUp = new AbortController();
  const { probe, close } = openProbe({ ...request, nonce, begunAt: at, answers: {}, signal: giveUp.signal });
  try {
    const planted = request.checker.begin?.({ ...probe, fresh: request.fresh });
    return { nonce, at, baseline: planted ? await withinDeadline(planted, seconds) : null };
  } finally {
    giveUp.abort();
    close();
  }
}
