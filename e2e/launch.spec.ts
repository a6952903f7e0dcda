/** A course system on another site launches the course in a real browser: its cookies and frames decide whether that works. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestPlatform } from '../src/lti/testing/platform.ts';
import { expect, test as base } from './clinic.ts';
import { startServer, type ClinicServer } from './server.ts';

interface School {
  readonly clinic: ClinicServer;
  readonly platform: TestPlatform;
  /** Its page for a person; `localhost` is another site than 127.0.0.1, where the course is. */
  course(person: string, more?: string): string;
}

const test = base.extend<{ school: School }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  async school({}, use) {
    const platform = await TestPlatform.open();
    const elsewhere = platform.origin.replace('127.0.0.1', 'localhost');
    const folder = await mkdtemp(join(tmpdir(), 'clinic-lti-'));
    const file = join(folder, 'platforms.json');
    const settings = platform.settings({ authorizationEndpoint: `${elsewhere}/auth`, instructors: true });
    await writeFile(file, JSON.stringify([settings]));
    const clinic = await startServer({ LTI_PLATFORMS: file });
    await use({
      clinic,
      platform,
      course: (person, more = '') => `${elsewhere}/course?tool=${clinic.url}&person=${person}${more}`,
    });
    await clinic.stop();
    platform.close();
    await rm(folder, { recursive: true });
  },
});

const claim = 'https://purl.imsglobal.org/spec/lti/claim';

test('a learner comes from the course system’s page to the lesson, and is the same in another browser', async ({
  browser,
  school,
}) => {
  school.platform.linked = { [`${claim}/custom`]: { lesson: 'persistence' } };
  const learners: string[] = [];
  for (const person of ['ada', 'ada', 'bo']) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(school.course(person));
    await page.getByRole('link', { name: 'Do the exercise' }).click();
    await page.waitForURL(`${school.clinic.url}/lessons/persistence/`);
    await page.reload();
    const { learner } = (await page.evaluate(async () => (await fetch('/api/me')).json())) as { learner: string };
    learners.push(learner);
    await page.context().close();
  }
  expect(learners[1]).toBe(learners[0]);
  expect(learners[2]).not.toBe(learners[0]);
});

test('an instructor comes to the board of the link’s workshop', async ({ page, school }) => {
  const { url, instructorSecret } = school.clinic;
  const lessons = ['persistence'];
  await page.request.post(`${url}/api/instructor/login`, { data: { name: 'Grace', secret: instructorSecret } });
  const [startsAt, endsAt] = [new Date(), new Date(Date.now() + 3_600_000)].map((at) => at.toISOString());
  const made = await page.request.post(`${url}/api/workshops`, {
    data: { title: 'Launched class', lessons, startsAt, endsAt, seats: 3, openness: 'all' },
  });
  const { code } = (await made.json()) as { code: string };
  await page.context().clearCookies();

  school.platform.linked = {
    [`${claim}/custom`]: { workshop: code },
    [`${claim}/roles`]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'],
  };
  await page.goto(school.course('kim'));
  await page.getByRole('link', { name: 'Do the exercise' }).click();
  await expect(page.getByRole('heading', { name: 'Launched class' })).toBeVisible();
  await expect(page.getByText('Nobody has joined yet.')).toBeVisible();
});

test('in a frame of the course system there is a link to a tab, and there the course', async ({ page, school }) => {
  school.platform.linked = { [`${claim}/custom`]: { lesson: 'persistence' } };
  await page.goto(school.course('cy', '&framed'));
  const opened = page.waitForEvent('popup');
  await page.frameLocator('iframe').getByRole('link', { name: 'Open Redis Clinic' }).click();
  await (await opened).waitForURL(`${school.clinic.url}/lessons/persistence/`);
});
