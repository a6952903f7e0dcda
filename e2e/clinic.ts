/** What every browser test builds on: one running course for all tests of a worker, and a learner at a lesson. */
import { request, test as base, expect, type APIRequestContext, type Page } from '@playwright/test';
import { startServer, type ClinicServer } from './server.ts';

export { expect };

export const test = base.extend<object, { clinic: ClinicServer }>({
  clinic: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ clinic }, use) => use(clinic.url),
});

/** Opens a lesson as a new learner with the lab prepared for it. The lab is made first: networks that come and go break page loads. */
export async function openLesson(page: Page, lesson: string): Promise<void> {
  await makeLab(page.request, lesson);
  await visitLesson(page, lesson);
}

/**
 * Opens the page of a lesson whose lab is there and waits until it lives. Chromium drops requests under way when a network
 * of this machine comes or goes, as those of labs do; then the page is loaded again, as a person would.
 */
export async function visitLesson(page: Page, lesson: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/lessons/${lesson}/`);
    await expect(page.locator('lab-terminals [role=tab]').first()).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 45_000 });
}

type StorageState = Awaited<ReturnType<APIRequestContext['storageState']>>;
const learners = new WeakMap<ClinicServer, Map<string, StorageState>>();

/** The session of a learner with a lab at the lesson, made at the first call with this name: for tests that share one. */
export async function sharedLearner(clinic: ClinicServer, name: string, lesson: string): Promise<StorageState> {
  const known = learners.get(clinic) ?? new Map<string, StorageState>();
  learners.set(clinic, known);
  const state = known.get(name) ?? (await sessionWithLab(clinic, lesson));
  known.set(name, state);
  return state;
}

async function sessionWithLab(clinic: ClinicServer, lesson: string): Promise<StorageState> {
  const client = await request.newContext({ baseURL: clinic.url });
  await makeLab(client, lesson);
  const state = await client.storageState();
  await client.dispose();
  return state;
}

async function makeLab(client: APIRequestContext, lesson: string): Promise<void> {
  const labState = async () => ((await (await client.get('/api/me')).json()) as { lab: { state: string } }).lab.state;
  await labState();
  const made = await client.post('/api/lab', { data: { lesson } });
  expect(made.ok(), await made.text()).toBe(true);
  await expect.poll(labState, { timeout: 60_000 }).toBe('ready');
}
