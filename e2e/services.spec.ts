/** A lab belongs to its learner, who is root there: whatever answers on its ports may be a hostile page. */
import type { LabView, ServiceView } from '#shared/wire.ts';
import { expect, openLesson, test } from './clinic.ts';
import { TerminalPage } from './terminal-page.ts';

/** Tries what a page can try to act as whoever looks at it; writes down what came of it, attempt by attempt. */
const hostilePage = (course: string): string => `<!doctype html><title>hostile</title><iframe name=f></iframe><script>
const course = ${JSON.stringify(course)};
const outcome = {};
const tell = async (name, attempt) => { outcome[name] = await attempt().then(String, () => 'failed') };
const send = (url, init) => async () => (await fetch(url, { credentials: 'include', ...init })).status;
const socket = (url) => () => new Promise((resolve, reject) => {
  const ws = new WebSocket(url.replace('http', 'ws') + '/live');
  ws.onmessage = () => resolve('heard'); ws.onerror = reject; ws.onclose = reject;
});
(async () => {
  document.cookie = 'clinic=stolen; Domain=localhost; Path=/';
  outcome.opener = String(window.opener);
  outcome.cookie = document.cookie.includes('clinic') ? 'seen' : 'none';
  await tell('read', send(course + '/api/me'));
  await tell('end', send(course + '/api/lab', { method: 'DELETE' }));
  await tell('workshop', send(course + '/api/workshops', { method: 'POST', mode: 'no-cors', body: '{"title":"stolen"}' }));
  await tell('socket', socket(course));
  await tell('own socket', socket(location.origin));
  await tell('frame', async () => { const f = document.createElement('iframe'); f.src = course; document.body.append(f);
    await new Promise((resolve) => f.onload = resolve); return f.contentDocument.title });
  const form = Object.assign(document.createElement('form'), { action: course + '/api/lab/extend', method: 'post', target: 'f' });
  document.body.append(form); form.submit();
  await new Promise((resolve) => setTimeout(resolve, 500));
  document.title = JSON.stringify(outcome);
})();
</script>`;

test('a hostile page served from inside a lab can act neither as the learner nor as the instructor', async ({
  page,
  clinic,
}) => {
  await openLesson(page, 'alerts');
  const signedIn = await page.request.post('/api/instructor/login', {
    data: { secret: clinic.instructorSecret, name: 'Ada' },
  });
  expect(signedIn.ok(), await signedIn.text()).toBe(true);
  const workshops = async () => (await (await page.request.get('/api/workshops')).json()) as unknown;
  const lab = async () => ((await (await page.request.get('/api/me')).json()) as { lab: LabView }).lab;
  const before = { workshops: await workshops(), lab: await lab() };

  const terminals = new TerminalPage(page);
  await terminals.enter('monitor');
  const answer = `HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\nSet-Cookie: clinic=stolen; Path=/\r\n\r\n${hostilePage(clinic.url)}`;
  const carried = Buffer.from(answer).toString('base64');
  for (let at = 0; at < carried.length; at += 900)
    await terminals.type(`printf %s ${carried.slice(at, at + 900)} >> page.64`);
  await terminals.type(
    'base64 -d page.64 > page; socat TCP-LISTEN:9090,fork,reuseaddr "SYSTEM:cat page; timeout 1 cat > /dev/null" & clear; echo serving',
  );
  await terminals.sees('monitor', 'serving');

  const services = async () => (await (await page.request.get('/api/lab/services')).json()) as ServiceView[];
  await expect.poll(async () => (await services()).find(({ name }) => name === 'prometheus')?.up).toBe(true);
  const url = (await services()).find(({ name }) => name === 'prometheus')?.url ?? '';

  const hostile = await page.context().newPage();
  await hostile.goto(url);
  await expect(hostile).toHaveTitle(/^\{/);
  const outcome: unknown = JSON.parse(await hostile.title());
  expect(outcome).toEqual({
    opener: 'null',
    cookie: 'none',
    read: 'failed',
    end: 'failed',
    workshop: 'failed',
    socket: 'failed',
    'own socket': 'failed',
    frame: 'failed',
  });
  expect(new URL(hostile.url()).host).toBe(new URL(url).host);
  expect((await page.context().cookies()).filter(({ value }) => value === 'stolen')).toEqual([]);
  expect({ workshops: await workshops(), lab: await lab() }).toEqual({
    workshops: before.workshops,
    lab: { ...before.lab, lease: expect.anything() },
  });
});

test("Prometheus' own page answers a query in a tab of its own", async ({ page }) => {
  await openLesson(page, 'critical-alerts');
  await page.getByRole('tab', { name: 'Services' }).click();
  const [prometheus] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Prometheus, in a new tab' }).click(),
  ]);
  await prometheus.locator('textarea').first().fill('redis_up');
  await expect(async () => {
    // The first scrape may still be to come.
    await prometheus.getByRole('button', { name: 'Execute' }).click();
    await expect(prometheus.locator('table tr', { hasText: 'redis://redis-2:6379' })).toContainText('1', {
      timeout: 2_000,
    });
  }).toPass();
});
