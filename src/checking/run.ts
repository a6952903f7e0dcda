/** One check of a step: collect under one deadline, run the drills when asked, judge, and leave no fault behind. */
import type { Lab } from '#sandbox/driver.ts';
import type { InboxMessage, TimelineEvent, VerdictView } from '#shared/wire.ts';
import { isDrill, type Checker, type Json } from './define.ts';
import { withinDeadline } from './deadline.ts';
import { Faults } from './faults.ts';
import type { TellFault } from './faults.ts';
import { holds, judge, nextDrill } from './judge.ts';
import type { CheckEvidence } from './judge.ts';
import { openProbe } from './probe-lab.ts';
import type { Drilling, Probe, Writer } from './probe.ts';
import { troubleOf } from './trouble.ts';
import { alteredHosts } from './altered.ts';

export interface StepBegin {
  readonly nonce: string;
  readonly at: Date;
  readonly baseline: unknown;
}

export interface CheckRequest {
  readonly lab: Lab;
  readonly checker: Checker;
  readonly begin: StepBegin;
  /** The learner's answers to the step's questions, by question id. */
  readonly answers: Readonly<Record<string, string>>;
  readonly timeline: () => readonly TimelineEvent[];
  readonly inbox: () => readonly InboxMessage[];
  /** True when the learner pressed Check: only then may the checker act on the lab. */
  readonly drills: boolean;
  /** The drill's client that writes numbered records; see witness/writer. */
  readonly startWriter: (lab: Lab) => Promise<Writer>;
  /** Told to the learner while drills run. */
  readonly say?: (text: string) => void;
  /** Tells the timeline what a drill breaks and mends. */
  readonly onFault?: TellFault;
  /** Gives the check up from outside: the lab goes away, the server ends. */
  readonly signal?: AbortSignal;
}

/** Milliseconds that the undoing after a drill may take. */
const mendingTime = 15_000;

export interface CheckResult {
  readonly verdict: VerdictView;
  readonly evidence: CheckEvidence;
}

export async function runCheck(request: CheckRequest): Promise<CheckResult> {
  const { checker, lab, begin } = request;
  const started = Date.now();
  const giveUp = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, giveUp.signal]) : giveUp.signal;
  const open = (until: AbortSignal) => openProbe({ ...request, nonce: begin.nonce, begunAt: begin.at, signal: until });
  const { probe, waitingFor, lockedOut, close } = open(signal);
  const faults = new Faults(lab, () => open(AbortSignal.timeout(mendingTime)), request.onFault);
  let evidence: CheckEvidence = { looked: null, drills: {} };
  // Only what acts needs the longer time: a look that hangs is told of as soon by the button as by itself.
  const acts = request.drills && checker.criteria.some(isDrill);
  const seconds = acts ? (checker.drillDeadline ?? 120) : (checker.deadline ?? 20);
  const verdict = (rest: Pick<VerdictView, 'state' | 'findings' | 'trouble'>): CheckResult => ({
    verdict: { step: checker.step, at: new Date(started).toISOString(), milliseconds: Date.now() - started, ...rest },
    evidence,
  });

  const work = async () => {
    const looked = asStored(await checker.collect(probe, begin.baseline as Json));
    const locked = lockedOut();
    evidence = { looked, drills: {}, ...(locked.length > 0 && { locked }) };
    if (!acts) return;
    const drilling = makeDrilling(probe, faults, request);
    for (let drill = nextDrill(checker, evidence); drill; drill = nextDrill(checker, evidence)) {
      const seen = asStored(await drill.act(drilling, evidence.looked));
      evidence = { ...evidence, drills: { ...evidence.drills, [drill.id]: seen } };
      await faults.mendAll();
    }
  };

  try {
    await withinDeadline(work(), seconds, signal);
    const findings = judge(checker, evidence);
    if (!findings.every(holds)) return verdict({ state: 'unmet', findings });
    const altered = await alteredHosts(lab);
    return altered ? verdict({ state: 'failed', findings: [], trouble: altered }) : verdict({ state: 'met', findings });
  } catch (error) {
    return verdict({ state: 'failed', findings: [], trouble: troubleOf(error, checker.step, seconds, waitingFor()) });
  } finally {
    giveUp.abort();
    await faults.mendAll();
    close();
  }
}

/** What is judged is what will be stored: a copy that nothing changes any more. */
function asStored(seen: Json | undefined): Json {
  if (seen === undefined) throw new Error('it returned nothing of what it saw; collect and act return plain JSON');
  return JSON.parse(JSON.stringify(seen)) as Json;
}

function makeDrilling(probe: Probe, faults: Faults, request: CheckRequest): Drilling {
  return {
    ...probe,
    fault: (kind, host) => faults.fault(kind, host),
    mend: (kind, host) => faults.mend(kind, host),
    undoAfter: (undo) => faults.undoAfter(undo),
    say: (text) => request.say?.(text),
    startWriter: () => request.startWriter(request.lab),
  };
}
