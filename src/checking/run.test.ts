import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { HostDown } from '#sandbox/driver.ts';
import { defineChecker, drill, met, unmet } from './define.ts';
import { fakeLab, said } from './testing/fake-lab.ts';
import { runCheck } from './run.ts';
import type { CheckRequest } from './run.ts';

const noWriter = () => Promise.reject(new Error('no writer in this test'));

function check(parts: Partial<CheckRequest> & Pick<CheckRequest, 'checker' | 'lab'>) {
  return runCheck({
    begin: { nonce: '0123456789abcdef', at: new Date(), baseline: null },
    answers: {},
    timeline: () => [],
    inbox: () => [],
    drills: false,
    startWriter: noWriter,
    ...parts,
  });
}

const quiet = fakeLab({ run: async () => said('7\n') });

/** Two looks, of which the second needs the first, and a drill. */
const numbered = (wanted: number, act: Parameters<typeof drill>[0]['act'] = async () => 'done') =>
  defineChecker({
    step: 'a-lesson/a-step',
    deadline: 1,
    drillDeadline: 1,
    collect: async (probe) => ({ number: Number((await probe.run('redis-1', 'count')).stdout) }),
    criteria: [
      {
        id: 'number',
        asks: 'The number is right.',
        judge: ({ number }) => (number === wanted ? met(`${number}`) : unmet(`${number}`, `Make it ${wanted}.`)),
      },
      { id: 'after', asks: 'Another thing.', needs: ['number'], judge: () => met('fine') },
      drill({ id: 'proof', asks: 'The proof.', act, judge: (seen) => met(String(seen)) }),
    ],
  });

const states = (result: Awaited<ReturnType<typeof runCheck>>) => result.verdict.findings.map(({ state }) => state);

test('criteria wait for what they need, and a drill waits for everything', async () => {
  const result = await check({ lab: quiet, checker: numbered(8), drills: true });
  expect(states(result)).toEqual(['unmet', 'waiting', 'waiting']);
  expect(result.verdict).toMatchObject({ state: 'unmet', step: 'a-lesson/a-step' });
  expect(result.evidence).toEqual({ looked: { number: 7 }, drills: {} });
});

test('a drill runs only when it was asked for', async () => {
  const looking = await check({ lab: quiet, checker: numbered(7) });
  expect(states(looking)).toEqual(['met', 'met', 'waiting']);
  const asked = await check({ lab: quiet, checker: numbered(7), drills: true });
  expect(asked.verdict.state).toBe('met');
  expect(asked.evidence.drills).toEqual({ proof: 'done' });
});

test('what a drill breaks is mended when it throws, and told to the timeline', async () => {
  const mended: string[] = [];
  const told: string[] = [];
  const lab = fakeLab({
    run: async () => said('7'),
    fault: async () => undefined,
    mend: async (kind, host) => void mended.push(`${kind} ${host}`),
  });
  const checker = numbered(7, async (drilling) => {
    await drilling.fault('host-down', 'redis-2');
    throw new Error('the drill fell over');
  });
  const { verdict } = await check({
    lab,
    checker,
    drills: true,
    onFault: (what, kind) => told.push(`${what} ${kind}`),
  });
  expect(verdict.state).toBe('failed');
  expect(verdict.trouble).toContain('run.test.ts');
  expect(verdict.trouble).toContain('the drill fell over');
  expect(mended).toEqual(['host-down redis-2']);
  expect(told).toEqual(['injected host-down', 'mended host-down']);
});

test('a check that hangs is given up, and says what it waited for', async () => {
  const lab = fakeLab({ run: () => new Promise(() => undefined) });
  const { verdict } = await check({ lab, checker: numbered(7) });
  expect(verdict.state).toBe('failed');
  expect(verdict.trouble).toBe(
    'The check was given up after 1 s. It was still waiting for `count` on redis-1: that host may be busy ' +
      '(look with "top") or stuck. Then check again.',
  );
});

test('a checker that forgets to return what it saw or found is a fault of the course, and says of which', async () => {
  const { collect, criteria } = numbered(7);
  const failed = async (parts: object) => {
    const { verdict } = await check({ lab: quiet, checker: { step: 'a/b', collect, criteria, ...parts } });
    expect(verdict).toMatchObject({ state: 'failed', findings: [] });
    return verdict.trouble;
  };
  expect(await failed({ collect: async () => undefined })).toContain('it returned nothing of what it saw');
  const [first, ...rest] = criteria;
  expect(await failed({ criteria: [{ ...first, judge: () => undefined }, ...rest] })).toContain(
    'the judge of "number" returned undefined; it must return met(…) or unmet(…)',
  );
  expect(await failed({ criteria: [{ ...first, judge: () => true }, ...rest] })).toContain('returned true');
});

test('a check that is broken off from outside says so', async () => {
  const lab = fakeLab({ run: () => new Promise(() => undefined) });
  const off = new AbortController();
  const checking = check({ lab, checker: numbered(7), signal: off.signal });
  off.abort();
  expect((await checking).verdict.trouble).toContain('was broken off');
});

test('a host that is down is evidence', async () => {
  const lab = fakeLab({ run: () => Promise.reject(new HostDown('redis-1 is not running')) });
  const checker = defineChecker({
    step: 'a-lesson/a-step',
    collect: async (probe) => ({
      code: (await probe.run('redis-1', 'true')).code,
      info: !!(await probe.info('redis-1')),
    }),
    criteria: [
      { id: 'up', asks: 'It is up.', judge: ({ code }) => (code === 0 ? met('up') : unmet('down', 'Start it.')) },
    ],
  });
  const down = fakeLab({ ...lab, dial: () => Promise.reject(new HostDown('redis-1 is not running')) });
  const { verdict, evidence } = await check({ lab: down, checker });
  expect(evidence.looked).toEqual({ code: 125, info: false });
  expect(verdict).toMatchObject({ state: 'unmet', findings: [{ criterion: 'up', state: 'unmet', seen: 'down' }] });
});

test('events from before the step began do not count', async () => {
  const at = new Date('2026-01-01T12:00:00Z');
  const event = (time: string) => ({ id: 1, at: `2026-01-01T${time}Z`, kind: 'redis-up', text: '', data: {} });
  const checker = defineChecker({
    step: 'a-lesson/a-step',
    collect: async (probe) => ({ times: probe.timeline().map((seen) => seen.at.slice(11, 19)) }),
    criteria: [{ id: 'seen', asks: '', judge: ({ times }) => met(times.join()) }],
  });
  const { verdict } = await check({
    lab: quiet,
    checker,
    begin: { nonce: '', at, baseline: null },
    timeline: () => [event('11:59:59'), event('12:00:01')],
  });
  expect(verdict.findings[0]?.seen).toBe('12:00:01');
});

test('evidence stays as it was seen, whatever changes afterwards', async () => {
  const answers: Record<string, string> = { keys: '7' };
  const checker = defineChecker({
    step: 'a-lesson/a-step',
    collect: async (probe) => ({ answers: probe.answers }),
    criteria: [{ id: 'keys', asks: '', judge: (seen) => met(String(seen.answers['keys'])) }],
  });
  const { evidence } = await check({ lab: quiet, checker, answers });
  answers['keys'] = '8';
  expect(evidence.looked).toEqual({ answers: { keys: '7' } });
});

test('a verdict of "met" is not believed when programs of a host were changed; a host that is gone is no matter', async () => {
  const lab = fakeLab({
    run: async () => said('7\n'),
    changedPrograms: async (host) => {
      if (host === 'redis-3') throw new HostDown('redis-3 is gone');
      return host === 'redis-2' ? ['/usr/bin/cat'] : [];
    },
  });
  const { verdict } = await check({ lab, checker: numbered(7), drills: true });
  expect(verdict).toMatchObject({ state: 'failed', findings: [] });
  expect(verdict.trouble).toContain('(redis-2: /usr/bin/cat)');
  const unmetAnyway = await check({ lab, checker: numbered(8), drills: true });
  expect(unmetAnyway.verdict.state).toBe('unmet');
});

test('a server that asks for a password which nothing tells is said to be locked, not to be down', async () => {
  const server = createServer((socket) =>
    socket.on('data', () => socket.write('-NOAUTH Authentication required.\r\n')),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const lab = fakeLab({ run: async () => said(''), dial: async () => connect(port, '127.0.0.1') });
  const checker = defineChecker({
    step: 'a-lesson/a-step',
    collect: async (probe) => ({ up: (await probe.info('redis-1')) !== undefined }),
    criteria: [
      { id: 'up', asks: 'It is up.', judge: ({ up }) => (up ? met('up') : unmet('It is down.', 'Start it.')) },
    ],
  });
  const { verdict } = await check({ lab, checker });
  expect(verdict.findings[0]).toMatchObject({ state: 'unmet', tryThis: expect.stringContaining('CONFIG REWRITE') });
  expect(verdict.findings[0]?.seen).toMatch(/^redis-1:6379 asks for a password, and .* It is down\.$/);
});
