/** Lesson key-metrics: two INFO reports of a busy Redis, and what they say when they are read rightly. */
import { defineChecker, met, unmet } from '#checking/define.ts';
import type { Finding, Json } from '#checking/define.ts';
import type { Planting, Probe } from '#checking/probe.ts';
import { notGenuine, stoodStill } from './key-metrics/genuine.ts';
import * as quiz from './key-metrics/questions.ts';
import { reportFiles, seeLive, seeOtherNames, seeReport } from './key-metrics/reports.ts';
import type { ReportSeen } from './key-metrics/reports.ts';

const apart = 20;
const save = (name: string) => `redis-cli INFO everything > ~/${name}`;

type Seen = {
  readonly reports: readonly (ReportSeen | null)[];
  /** Looked for when a report is missing. Absent in older records. */
  readonly otherNames?: readonly string[];
  readonly begun: ReportSeen | null;
  readonly live: ReportSeen | null;
};

async function see(probe: Probe, begun: ReportSeen | null): Promise<Seen> {
  const [first, second] = reportFiles;
  // The server's own counters last: what a report says must have been reached by then.
  const reports = [await seeReport(probe, first), await seeReport(probe, second)];
  const otherNames = reports.includes(null) ? await seeOtherNames(probe) : [];
  return { reports, otherNames, begun, live: await seeLive(probe) };
}

/** The first complaint about each report, or undefined when none has any. */
function complaints({ reports }: Seen, about: (name: string, report: ReportSeen | null) => string | undefined) {
  const all = reportFiles.flatMap((name, index) => about(name, reports[index] ?? null) ?? []);
  return all.length ? all.join('; ') : undefined;
}

function full(seen: Seen): Finding {
  const { otherNames = [] } = seen;
  const instead = otherNames.length > 0 ? ` (there is ${otherNames.join(', ')})` : '';
  const wrong = complaints(seen, (name, report) => {
    if (!report) return `/home/learner/${name} does not exist${instead}`;
    if (report.empty) return `${name} is empty: what redis-cli complained of went to the terminal`;
    if (report.runId === null && (report.stats.length > 0 || report.commands !== null))
      return `${name} is only a part of the report: the section Server is missing`;
    if (report.runId === null) return `${name} is not an INFO report`;
    if (report.stats.length === 0) return `${name} has no command statistics: plain INFO leaves them out`;
    if (report.memory === null || report.commands === null) return `${name} lacks the section Memory or Stats`;
    return undefined;
  });
  if (wrong) return unmet(wrong, `On redis-1: ${save('info-1.txt')}; later the same into info-2.txt.`);
  return met('both reports are there, command statistics included');
}

function genuine(seen: Seen): Finding {
  const { begun, live } = seen;
  if (!live) {
    return unmet(
      'redis-1 does not answer now',
      'Start it again: sudo systemctl start redis-server. Its counters begin anew, so take both reports after that.',
    );
  }
  const wrong = complaints(seen, (name, report) => (report ? notGenuine(name, report, begun, live) : undefined));
  return wrong ? unmet(wrong, `Take both reports anew: ${save('info-1.txt')}`) : met('both come from this very server');
}

function timed({ reports: [first, second], begun, live }: Seen): Finding {
  if (!first || !second || !live) return unmet('a report is missing', save('info-2.txt'));
  const seconds = (second.clock ?? 0) - (first.clock ?? 0);
  const again = `Wait, then take the second one again: ${save('info-2.txt')}`;
  if (seconds < 0) return unmet('info-2.txt is older than info-1.txt', again);
  if (seconds < apart) return unmet(`the two reports are ${seconds.toFixed(1)} s apart`, again);
  if ((second.commands ?? 0) < (first.commands ?? 0)) {
    return unmet(
      `total_commands_processed is ${second.commands} in info-2.txt and was ${first.commands} in info-1.txt: ` +
        'the statistics were reset between them (CONFIG RESETSTAT)',
      `Take both reports anew: ${save('info-1.txt')}`,
    );
  }
  if (stoodStill(first, second, begun ?? first, live)) {
    return unmet('the counters of the two reports hardly differ, though the application worked all the time', again);
  }
  return met(`${seconds.toFixed(0)} s lie between them`);
}

export const reports = defineChecker({
  step: 'key-metrics/reports',
  begin: (planting: Planting) => seeLive(planting),
  collect: see,
  criteria: [
    {
      id: 'full',
      asks: 'You have saved two full INFO reports of redis-1, command statistics included, as info-1.txt and info-2.txt in your home folder.',
      judge: full,
    },
    {
      id: 'genuine',
      asks: 'Both reports are what this Redis said itself, since you began.',
      needs: ['full'],
      judge: genuine,
    },
    {
      id: 'apart',
      asks: `At least ${apart} seconds lie between them, so that a rate can be read from them.`,
      needs: ['genuine'],
      judge: timed,
    },
  ],
});

type Read = Seen & { readonly answers: Readonly<Record<string, string>> };

/** "87.7 %" is 87.7: the sentences of the quiz name the unit themselves. */
const withoutUnit = (answer: string): string => answer.replace(/^([\d\s.,]*\d).*$/, '$1');

/** One criterion of the quiz: waits for the reports, then for an answer, then judges it. */
const asked = (id: string, asks: string, judge: (given: string, from: quiz.Sources) => Finding) => ({
  id,
  asks,
  needs: ['reports'],
  judge: ({ reports: [first, second], live, answers }: Read): Finding => {
    const given = withoutUnit((answers[id] ?? '').trim());
    if (!first || !second || !live) return unmet('a report is missing', save('info-1.txt'));
    if (given === '') return unmet('no answer yet', 'Read it from your reports and write it into the field.');
    return judge(given, { first, second, live });
  },
});

export const read = defineChecker<Json, Read>({
  step: 'key-metrics/read',
  collect: async (probe) => ({ ...(await see(probe, null)), answers: probe.answers }),
  criteria: [
    {
      id: 'reports',
      asks: 'Your two reports are there, from this server and far enough apart.',
      judge: (seen) =>
        [full, genuine, timed].map((look) => look(seen)).find((finding) => finding.state !== 'met') ?? timed(seen),
    },
    asked('busiest', 'You know which command the application calls most often.', quiz.busiest),
    asked('slowest', 'You know which command costs the most time per call.', quiz.slowest),
    asked('blocked', 'You know how many clients wait in a blocking command.', quiz.blocked),
    asked('memory', 'You know what share of its memory limit Redis uses.', quiz.memoryShare),
    asked('operations', 'You know how many commands per second were processed between your reports.', quiz.operations),
    asked('hits', 'You know what share of the key look-ups hit.', quiz.hitRate),
    asked('growth', 'You know how fast used_memory grew between your reports.', quiz.growth),
  ],
});
