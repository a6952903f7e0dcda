/** The table of rights: every route and door of the server, and what each kind of asker gets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../lti/platforms.ts';
import { Browser } from './testing/browser.ts';
import { instructorSecret, openTestClinic } from './testing/test-clinic.ts';

/**
 * anybody: needs no session and makes none · learner: a session is made for who has none; speaks of the asker's own
 * things only · instructor: refused (401) to everybody else, whatever the path names.
 */
const rights: Readonly<Record<string, 'anybody' | 'learner' | 'instructor'>> = {
  'GET /healthz': 'anybody',
  'GET /metrics': 'anybody',
  'GET /api/me': 'learner',
  'GET /api/me/export': 'learner',
  'GET /api/me/record': 'learner',
  'DELETE /api/me': 'learner',
  'POST /api/lab': 'learner',
  'DELETE /api/lab': 'learner',
  'POST /api/lab/extend': 'learner',
  'POST /api/lab/reset': 'learner',
  'POST /api/lab/hosts/:host/replace': 'learner',
  'POST /api/lab/hosts/:host/start': 'learner',
  'GET /api/lab/services': 'learner',
  'GET /api/lab/charts': 'learner',
  'GET /api/lab/terminals': 'learner',
  'POST /api/lab/terminals': 'learner',
  'DELETE /api/lab/terminals/:id': 'learner',
  'POST /api/steps/:lesson/:step/check': 'learner',
  'PUT /api/steps/:lesson/:step/answers': 'learner',
  'POST /api/steps/:lesson/:step/solution': 'learner',
  'POST /api/steps/:lesson/:step/skip': 'learner',
  'GET /join/:code': 'anybody',
  'GET /api/join/:code': 'anybody',
  'POST /api/join': 'learner',
  'POST /api/return': 'anybody',
  'GET /api/membership': 'learner',
  'POST /api/catch-up': 'learner',
  'POST /api/help': 'learner',
  'DELETE /api/help': 'learner',
  'PUT /api/typing': 'learner',
  'POST /api/instructor/login': 'anybody',
  'DELETE /api/instructor/login': 'instructor',
  'GET /api/instructor': 'anybody',
  'GET /lti/jwks.json': 'anybody',
  'GET /lti/login': 'anybody',
  'POST /lti/login': 'anybody',
  'POST /lti/launch': 'anybody',
};

const platform: Platform = {
  issuer: 'https://school.example',
  clientId: 'clinic',
  deploymentIds: ['1'],
  authorizationEndpoint: 'https://school.example/auth',
  tokenEndpoint: 'https://school.example/token',
  jwksUrl: 'https://school.example/keys',
  instructors: true,
};

let clinic: Awaited<ReturnType<typeof openTestClinic>>;
let instructor: Browser;
beforeAll(async () => {
  // With every part that a setting turns on.
  clinic = await openTestClinic({}, [platform]);
  instructor = new Browser(clinic.address);
  await instructor.ask('POST', '/api/instructor/login', { name: 'Grace', secret: instructorSecret });
});
afterAll(() => clinic.stop());

const concrete = (path: string) => path.replaceAll(/:\w+/g, 'nobodys');
const split = (entry: string): [string, string] => [entry.split(' ')[0] ?? '', concrete(entry.split(' ')[1] ?? '')];

describe('rights', () => {
  it('say for every route who may; every path of workshops is the instructor’s', () => {
    const known = clinic.routes.map(({ method, path, who }) => [`${method} ${path}`, who] as const);
    const ofWorkshops = known.filter(([entry]) => entry.includes(' /api/workshops'));
    expect(ofWorkshops.filter(([, who]) => who !== 'instructor')).toEqual([]);
    expect(Object.fromEntries(known.filter((route) => !ofWorkshops.includes(route)))).toEqual(rights);
  });

  it('refuse to strangers and learners what is the instructor’s, and make them no session', async () => {
    const learner = new Browser(clinic.address);
    await learner.ask('GET', '/api/me');
    for (const { method, path } of clinic.routes.filter(({ who }) => who === 'instructor')) {
      const stranger = new Browser(clinic.address);
      for (const asker of [stranger, learner]) {
        expect([method, path, (await asker.ask(method, concrete(path), {})).status]).toEqual([method, path, 401]);
      }
      expect(stranger.cookie).toBe('');
    }
  });

  it('let an instructor in', async () => {
    expect((await instructor.ask('GET', '/api/workshops')).status).toBe(200);
  });

  it('make a session on a learner’s routes only', async () => {
    for (const [entry, who] of Object.entries(rights).filter(([, who]) => who !== 'instructor')) {
      const stranger = new Browser(clinic.address);
      await stranger.ask(...split(entry), {});
      expect([entry, stranger.cookie !== '']).toEqual([entry, who === 'learner']);
    }
  });

  it('give nobody the terminal, lab or host of another', async () => {
    const thief = new Browser(clinic.address);
    await thief.ask('GET', '/api/me');
    expect((await thief.ask('DELETE', '/api/lab/terminals/another')).status).toBe(204);
    expect((await thief.ask('POST', '/api/lab/hosts/redis-1/replace')).status).toBe(409);
    expect((await thief.ask('POST', '/api/lab/terminals', { host: 'redis-1' })).status).toBe(409);
    const socket = thief.socket('/terminal?id=another');
    const code = await new Promise((resolve) => socket.on('close', resolve));
    expect(code).toBe(4404);
  });

  it.each(['/live', '/terminal', '/board', '/look'])('open the door %s to those it is for', async (door) => {
    expect(await new Browser(clinic.address).knock(door)).toBe(401);
    const learner = new Browser(clinic.address);
    await learner.ask('GET', '/api/me');
    const forLearners = door === '/live' || door === '/terminal';
    expect(await learner.knock(door)).toBe(forLearners ? 101 : 401);
    expect(await instructor.knock(door)).toBe(forLearners ? 401 : 101);
  });
});
