import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { enginePlaces } from './connect.ts';

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
