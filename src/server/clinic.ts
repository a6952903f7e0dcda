/** The composition root: every part of the server, made and fitted together. */
import { beginStep } from '#checking/begin.ts';
import { prepareLesson } from '#checking/prepare.ts';
import { runCheck } from '#checking/run.ts';
import type { SandboxDriver } from '#sandbox/driver.ts';
import type { LiveMessage } from '#shared/wire.ts';
import { topologies } from '#sandbox/topologies.ts';
import { Keeper } from '../leases/keeper.ts';
import { reap } from '../leases/reaper.ts';
import { inRounds } from '../leases/rounds.ts';
import type { Database } from '../progress/database.ts';
import { sessions as sessionStore } from '../progress/learners.ts';
import { openRecords } from '../progress/open.ts';
import { shareHostEvents } from '../witness/index.ts';
import { startWriter } from '../witness/writer.ts';
import { openWorkshopRecords } from '../workshops/records.ts';
import { abroadRoom, type LtiSettings } from './abroad/index.ts';
import { catchUp } from './checks/catch-up.ts';
import { checkInWords } from './checks/in-words.ts';
import { checkRoutes } from './checks/routes.ts';
import { Checks } from './checks/service.ts';
import { runSolution } from './checks/solution.ts';
import { openIdOf, xapiOf, type Config } from './config.ts';
import { openFront } from './front.ts';
import { healthRoute } from './health.ts';
import type { Route } from './http/route.ts';
import { sessionsOver } from './http/session.ts';
import type { Pages } from './http/static.ts';
import { attendance } from './labs/attend.ts';
import { capacityOf } from './labs/capacity.ts';
import { boundDisks } from './labs/disk.ts';
import { ending } from './labs/ending.ts';
import { labRoutes } from './labs/routes.ts';
import { Labs } from './labs/service.ts';
import type { Shelf } from './lessons/shelf.ts';
import { helloOf, meRoute } from './live/hello.ts';
import { liveHub } from './live/hub.ts';
import { keptNotices } from './live/notices.ts';
import type { Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { privacyRoutes } from './privacy.ts';
import { permissions } from './permissions.ts';
import { recordRoute } from './record.ts';
import { servicesRoom } from './services/index.ts';
import { terminalRoom } from './terminals/index.ts';
import { workshopPorts } from './workshop-ports.ts';
import { workshopRoom } from './workshops/index.ts';

export interface ClinicParts {
  readonly config: Config;
  readonly database: Database;
  readonly driver: SandboxDriver;
  readonly shelf: Shelf;
  readonly pages: Pages;
  readonly sessionSecret: string;
  readonly instructorSecret: string;
  /** Undefined when no course system may launch the course. */
  readonly lti: LtiSettings | undefined;
  readonly log: Log;
}

export interface Clinic {
  /** As browsers reach it: the operator's public address, else this machine's. */
  readonly address: string;
  /** The port that it listens on, also where a proxy stands in front. */
  readonly port: number;
  /** Every route, for the table of rights. */
  readonly routes: readonly Route[];
  /** Answers what has been asked, and stores what is to be stored; labs stay. */
  stop(): Promise<void>;
}

const minute = 60_000;
/** Milliseconds between two rounds: leases that are over, labs that nobody holds, disks that are full. */
const roundEvery = 15_000;

export async function openClinic(parts: ClinicParts): Promise<Clinic> {
  const { config, database, driver, shelf, pages, log } = parts;
  const records = openRecords(database);
  const end = new AbortController();
  const onTrouble = (what: string, error: unknown) => log.warn({ err: error }, what);
  const notices = keptNotices();
  const push = (learner: string, message: LiveMessage) =>
    hub.send(
      learner,
      message.type === 'notice' && message.from === 'instructor' ? notices.keep(learner, message) : message,
    );
  const pushLab = (learner: string) => push(learner, { type: 'lab', lab: labs.view(learner) });

  const keeper = new Keeper({
    driver,
    book: records,
    limits: {
      idle: config.labIdleMinutes * minute,
      absolute: config.labMaxMinutes * minute,
      capacity: config.labCapacity ?? capacityOf(),
      warm: config.warmLabs,
      refillAfter: 10_000,
    },
    onHold: (hold) => attends.begin(hold),
    onLease: pushLab,
    onTrouble,
  });
  const attends = attendance({
    records,
    hostEvents: shareHostEvents(driver, end.signal, () => {
      log.info('the engine answers again: labs whose hosts are all down are started');
      void keeper.revive();
    }),
    push,
    onLabChanged: (learner) => checks.labChanged(learner),
    isWatched: (learner) => hub.watching(learner) > 0,
    onTrouble,
  });
  const labs = new Labs({
    keeper,
    lesson: shelf.lesson,
    prepare: prepareLesson,
    async onPrepared(hold, lesson, goal, say) {
      attends.note(hold.learner)('prepared', undefined, `Prepared: ${shelf.title(lesson.slug)}`, {
        lesson: lesson.slug,
      });
      records.forgetBegins(hold.lab.id);
      const [first] = lesson.steps;
      if (goal === 'start') {
        if (first) await checks.begin(hold, first.checker.step, true);
        return;
      }
      const least = goal === 'current' ? undefined : goal.step;
      await catchUp({ checks, shelf, records, onTrouble }, hold, lesson, least, say);
    },
    onReady(learner) {
      log.info({ learner, ...keeper.lease(learner) }, 'a lab is ready');
      checks.commandEnded(learner);
      warm(learner);
    },
    async onLeaving(learner, lab) {
      await checks.cancel(learner);
      await terminals.closeAll(lab.id);
    },
    onChange: pushLab,
    onTrouble,
  });
  const checks = new Checks({
    records,
    shelf,
    ready: (learner) => labs.ready(learner),
    lessonOf: (learner) => keeper.lease(learner)?.lesson,
    runCheck,
    beginStep,
    startWriter,
    push,
    onChecked(learner, verdict, why) {
      metrics.checked(verdict, why);
      abroad.checked(learner, verdict, why);
      const { step, state } = verdict;
      if (why === 'asked') attends.note(learner)('checked', undefined, checkInWords(shelf, verdict), { step, state });
    },
    onProgress(learner, step) {
      workshops.learnerDid(learner, { what: 'progress' });
      abroad.progressed(learner, step);
    },
    onTrouble,
  });
  const terminals = terminalRoom({
    labOf: (learner) => labs.ready(learner)?.lab,
    limits: { perLearner: 12, grace: 30 * minute },
    onCommandEnded(learner, host, status) {
      checks.commandEnded(learner);
      workshops.learnerDid(learner, { what: 'command', host, status });
    },
    onChanged: (learner) => push(learner, { type: 'terminals', terminals: terminals.list(learner) }),
    onUsed: (learner) => keeper.used(learner),
    log,
  });
  const warm = (learner: string) =>
    void terminals.warm(learner).catch((error: unknown) => onTrouble('terminals could not be opened', error));
  const sessions = sessionsOver(
    sessionStore(database),
    parts.sessionSecret,
    config.publicOrigin?.startsWith('https:') ?? false,
  );

  const membership = (learner: string) => workshops.membership(learner);
  const state = { labs, records, terminals, attends, notices, keeper, membership };
  const hub = liveHub({
    hello: helloOf(state),
    onWatched(learner, watched) {
      attends.viewed(learner, watched);
      // After a restart, or when nobody looked for the grace time, the shells are gone and the lab is not.
      if (watched && labs.ready(learner) && terminals.list(learner).length === 0) warm(learner);
      if (watched) workshops.learnerDid(learner, { what: 'seen' });
    },
  });
  const metrics = openMetrics({
    labs: () => keeper.counts(),
    terminals: () => terminals.counts(),
    pages: () => hub.count(),
    waiting: () => abroad.waiting(),
  });

  const front = await openFront(config);
  const { addresses } = front;
  const services = servicesRoom({
    labOf: async (learner) => labs.ready(learner)?.lab,
    labById: async (id) => keeper.byLab(id)?.lab,
    course: addresses.course,
    pattern: addresses.services,
    secret: parts.sessionSecret,
  });
  const ends = ending({ labs, keeper, push, log });
  const ports = workshopPorts({
    records,
    workshops: openWorkshopRecords(database),
    shelf,
    push,
    note: (learner, text, by) => attends.note(learner)('instructor-acted', undefined, text, { by }),
    labs,
    currentStep: (learner, lesson) => checks.current(learner, lesson),
    terminals,
    sessions,
    instructorSecret: parts.instructorSecret,
    origin: addresses.own,
    book: (topology, count) => keeper.book(topology, count),
  });
  const eraseLearner = async (learner: string) => {
    await ends.end(learner);
    workshops.forget(learner);
    notices.forget(learner);
    records.eraseLearner(learner);
  };
  const workshops = workshopRoom(ports, {
    erase: eraseLearner,
    openId: openIdOf(config),
    keepDays: config.workshopKeepDays,
    onTrouble,
  });
  const abroad = await abroadRoom({
    lti: parts.lti,
    xapi: xapiOf(config),
    database,
    shelf,
    sessions,
    admission: workshops.admission,
    ports,
    onTrouble,
  });
  const may = permissions(workshops.gate);
  const used = (learner: string) => keeper.used(learner);

  const routes: readonly Route[] = [
    meRoute(state),
    recordRoute({ records, workshops: ports.workshops }),
    ...privacyRoutes({ records, workshops: ports.workshops, abroad: abroad.stored, erase: eraseLearner }),
    ...labRoutes({ labs, used, ...may }),
    ...checkRoutes({
      checks,
      records,
      shelf,
      used,
      ...may,
      runSolution: runSolution({ labOf: (learner) => labs.ready(learner)?.lab, records, type: terminals.type }),
    }),
    ...terminals.routes,
    ...services.routes,
    ...workshops.routes,
    ...abroad.routes,
    healthRoute(driver, () => shelf.all().length),
    metrics.route,
  ];
  await keeper.restore();
  const doors = [hub.door, ...terminals.doors, ...workshops.doors];
  front.serve({ routes, doors, services, sessions, newLearner: records.newLearner, pages, log });
  const first = shelf.all()[0];
  keeper.warm(first ? topologies[first.lesson.topology] : topologies.trio);
  inRounds(
    () =>
      reap({
        driver,
        keeper,
        end: ends.endOver,
        onReaped: (lab) => log.info({ lab }, 'removed a lab that nobody holds'),
        onTrouble,
      }),
    roundEvery,
    end.signal,
  );
  const disks = boundDisks({ driver, keeper, labs, limit: config.labDisk * 2 ** 20, push, log, onTrouble });
  inRounds(disks, roundEvery, end.signal);

  return {
    address: `${addresses.own}/`,
    port: front.port,
    routes,
    async stop() {
      hub.bye();
      end.abort();
      await Promise.all([checks.close(), front.close(), terminals.close()]);
      await abroad.close();
      keeper.stop();
      workshops.close();
      database.close();
    },
  };
}
