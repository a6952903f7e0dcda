import { describe, expect, test } from 'vitest';
import type { ServerSeen } from '../trio/servers.ts';
import { serviceIn } from '../trio/services.ts';
import type { ServiceSeen } from '../trio/services.ts';
import { judgeRoles } from './roles.ts';
import { judgeServing } from './serving.ts';

const ofAll = <T>(one: T) => ({ 'redis-1': one, 'redis-2': one, 'redis-3': one });
const service: ServiceSeen = {
  installed: true,
  pid: 7,
  enabled: true,
  processes: [{ user: 'redis', pid: 7, command: '/usr/bin/redis-server *:6379' }],
  lastWords: '',
};
const master: ServerSeen = {
  role: 'master',
  follows: null,
  followsPort: null,
  linkUp: false,
  replicas: 2,
  loading: false,
  runId: 'a',
  pid: 7,
  port: 6379,
  replid: 'one',
  replid2: '',
  switchedAt: -1,
  offset: 20,
  fullSyncs: 2,
};
const replica: ServerSeen = {
  ...master,
  role: 'replica',
  follows: 'redis-1',
  followsPort: 6379,
  linkUp: true,
  replicas: 0,
};
const servers = { 'redis-1': master, 'redis-2': replica, 'redis-3': replica };
const line = { line: 'replicaof redis-1 6379', follows: 'redis-1' };
const files = { 'redis-1': null, 'redis-2': line, 'redis-3': line };

test('a whole trio is one', () => {
  expect(judgeServing(ofAll(service), servers, ofAll('+PONG')).state).toBe('met');
  expect(judgeRoles(servers, files).state).toBe('met');
});

describe('a host on which Redis does not serve as it should gets the reason and what helps there', () => {
  const away = { pid: null, processes: [] };
  const mistyped = ">>> 'replicatof redis-1 6379' Module Configuration detected";
  test.each<[string, Partial<ServiceSeen>, Partial<ServerSeen> | null, string, string, string]>([
    [
      'it ended at once',
      { ...away, lastWords: mistyped },
      null,
      'refused',
      `its log ends: ${mistyped}`,
      'systemctl start',
    ],
    ['another port', {}, null, 'refused', 'nothing answers on port 6379', 'ss -ltnp'],
    ['INFO is renamed', {}, null, '+PONG', 'answers PING, but not INFO', 'rename-command'],
    [
      'a relay',
      {},
      { port: 7000 },
      '+PONG',
      'listens on port 7000, and something else passes',
      'port 6379 in redis.conf',
    ],
    ['by hand', {}, { pid: 9 }, '+PONG', 'started by hand (process 9)', 'SHUTDOWN'],
    [
      'not with its host',
      { enabled: false },
      {},
      '+PONG',
      'not started with its host',
      'systemctl enable redis-server',
    ],
  ])('%s', (_, changed, answers, reply, seen, tryThis) => {
    const finding = judgeServing(
      { ...ofAll(service), 'redis-2': { ...service, ...changed } },
      { ...servers, 'redis-2': answers && { ...replica, ...answers } },
      { ...ofAll('+PONG'), 'redis-2': reply },
    );
    expect(finding).toMatchObject({
      state: 'unmet',
      seen: expect.stringContaining(seen) as string,
      tryThis: expect.stringMatching(new RegExp(`^On redis-2: .*${tryThis}`)) as string,
    });
  });
});

describe('a server in the wrong role', () => {
  test.each<[string, Partial<ServerSeen>, typeof line | null, string, string]>([
    [
      'of another port',
      { linkUp: false, followsPort: 6380 },
      line,
      'follows redis-1 on port 6380, but its link is down',
      'another host or port',
    ],
    [
      'without the password',
      { linkUp: false },
      line,
      'follows redis-1, but its link is down',
      'NOAUTH or WRONGPASS: masterauth',
    ],
    [
      'that has not read its file',
      { role: 'master' },
      line,
      'says role:master, though its redis.conf says replicaof redis-1 6379',
      'restart redis-server',
    ],
    [
      'that nobody told',
      { role: 'master' },
      null,
      'says role:master, so it replicates nobody',
      'replicaof redis-1 6379',
    ],
  ])('%s', (_, changed, file, seen, tryThis) => {
    const finding = judgeRoles({ ...servers, 'redis-3': { ...replica, ...changed } }, { ...files, 'redis-3': file });
    expect(finding).toMatchObject({ state: 'unmet', seen: `redis-3 ${seen}` });
    expect(finding).toMatchObject({ tryThis: expect.stringContaining(tryThis) as string });
  });

  test('hosts that need the same are named together', () => {
    const alone = { ...replica, role: 'master' as const };
    const finding = judgeRoles({ ...servers, 'redis-2': alone, 'redis-3': alone }, ofAll(null));
    expect(finding).toMatchObject({ tryThis: expect.stringMatching(/^On redis-2, redis-3: /) as string });
  });
});

test('what a host tells of its service', () => {
  const told = 'installed\n0\nenabled\n--\n--\nFailed listening on port 6379 (tcp), aborting.\n';
  expect(serviceIn(told)).toEqual({
    installed: true,
    pid: null,
    enabled: true,
    processes: [],
    lastWords: 'Failed listening on port 6379 (tcp), aborting.',
  });
});
