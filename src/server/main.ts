/** The server's process: reads the settings, opens the clinic, prints its address, and ends in good order. */
import { fileURLToPath } from 'node:url';
import { connectEngine, dockerDriver, labImage } from '#sandbox/docker/index.ts';
import { EngineUnreachable } from '#sandbox/driver.ts';
import { newToolKey } from '../lti/keys.ts';
import { BadPlatforms, readPlatforms } from '../lti/platforms.ts';
import { openDatabase, UnusableRecords } from '../progress/database.ts';
import { takeFolder } from '../progress/folder.ts';
import { openClinic } from './clinic.ts';
import { BadConfig, helpText, readConfig } from './config.ts';
import { CannotListen } from './http/listen.ts';
import { builtPages, NoPages } from './http/static.ts';
import { loadOnce, loadWhenChanged } from './lessons/loading.ts';
import { openShelf } from './lessons/shelf.ts';
import { openLog } from './log.ts';

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`Settings of Redis Clinic, as environment variables:\n${helpText()}\n`);
    return;
  }
  const forAuthors = process.argv.includes('--dev');
  const config = readConfig(process.env);
  const platforms = config.ltiPlatforms === undefined ? undefined : readPlatforms(config.ltiPlatforms);
  const log = openLog(config.logLevel);
  const folder = takeFolder(config.dataDir);
  const database = openDatabase(folder.path);
  const driver = dockerDriver({
    docker: await connectEngine(process.env),
    instance: folder.secret('instance').value.slice(0, 10),
    image: labImage(),
    network: config.labNetwork,
    ...(config.labOwner !== undefined && { owner: config.labOwner }),
  });
  const shelf = await openShelf(forAuthors ? loadWhenChanged() : loadOnce(), (lesson, trouble) =>
    log.warn({ lesson }, `a lesson cannot be used: ${trouble}`),
  );
  const made = folder.secret('instructor-secret');
  const pages = forAuthors
    ? await (await import('./http/author-pages.ts')).authorPages()
    : builtPages(config.pagesDir ?? fileURLToPath(new URL('../../dist/', import.meta.url)));
  const clinic = await openClinic({
    config,
    database,
    driver,
    shelf,
    pages,
    sessionSecret: config.sessionSecret ?? folder.secret('session-secret').value,
    instructorSecret: config.instructorSecret ?? made.value,
    lti: platforms && { platforms, key: folder.secret('lti-key', newToolKey).value },
    log,
  });

  // A room that forgot to catch must not take the class down with it.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'something failed that nobody waited for'));
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    // Asked twice: somebody is in a hurry.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'ending; labs and progress are kept');
    try {
      await clinic.stop();
      folder.release();
    } catch (error) {
      log.error({ err: error }, 'the end was not in good order; what was stored is stored');
      process.exit(1);
    }
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  if (made.made && config.instructorSecret === undefined) {
    process.stdout.write(`Instructors sign in with ${made.value} (kept in ${folder.path}/instructor-secret).\n`);
  }
  process.stdout.write(`Redis Clinic is ready: ${clinic.address}\n`);
}

const spoken = [BadConfig, BadPlatforms, UnusableRecords, CannotListen, EngineUnreachable, NoPages];

main().catch((error: unknown) => {
  const known = spoken.some((kind) => error instanceof kind);
  process.stderr.write(`${known && error instanceof Error ? error.message : inspect(error)}\n`);
  process.exit(1);
});

const inspect = (error: unknown) => (error instanceof Error ? error.stack : String(error));
