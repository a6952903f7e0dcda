import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { expect, test, vi } from 'vitest';
import { connectEngine, enginePlaces } from './connect.ts';

function homeWithContext(name: string, host: string): string {
  const home = mkdtempSync(join(tmpdir(), 'clinic-home-'));
  const meta = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: name }));
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Endpoints: { docker: { Host: host } } }));
  return home;
}

test('DOCKER_HOST leaves no other place', () => {
  expect(enginePlaces({ DOCKER_HOST: 'tcp://10.0.0.1:2375' }, homeWithContext('lab', 'unix:///lab.sock'))).toEqual([
    'tcp://10.0.0.1:2375',
  ]);
});

test('the current context of the docker command line is followed', () => {
  expect(enginePlaces({}, homeWithContext('lab', 'unix:///lab.sock'))).toEqual(['unix:///lab.sock']);
});

test('else the usual sockets are tried, the system one first', () => {
  const places = enginePlaces({ XDG_RUNTIME_DIR: '/run/user/1000' }, homeWithContext('default', ''));
  expect(places.slice(0, 2)).toEqual(['unix:///var/run/docker.sock', 'unix:///run/user/1000/docker.sock']);
});

test('a damaged file of the docker command line is named', () => {
  const home = homeWithContext('lab', 'unix:///lab.sock');
  writeFileSync(join(home, '.docker/config.json'), '{');
  expect(() => enginePlaces({}, home)).toThrow(
    /\.docker\/config\.json cannot be read .* name the engine in DOCKER_HOST/,
  );
});

test('an engine that is not there is told with the place where it was looked for', async () => {
  await expect(connectEngine({ DOCKER_HOST: 'unix:///nowhere/docker.sock' })).rejects.toThrow(
    'No Docker engine answers at unix:///nowhere/docker.sock. Start Docker, or set DOCKER_HOST.',
  );
});

test('an engine that does not take this user in is told apart, with what to do', async () => {
  // Root is let in everywhere: the refusal is the client's own, as an ordinary user gets it.
  vi.spyOn(Docker.prototype, 'ping').mockRejectedValue(Object.assign(new Error('denied'), { code: 'EACCES' }));
  await expect(connectEngine({ DOCKER_HOST: 'unix:///run/other.sock' })).rejects.toThrow(
    /at unix:\/\/\/run\/other\.sock does not take you in\. Join its group with "sudo usermod -aG docker/,
  );
  vi.restoreAllMocks();
});
