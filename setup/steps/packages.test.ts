import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labImage } from '#sandbox/docker/index.ts';
import { checkPackages, fetchPackage, givenPackages } from './packages.ts';

const pinned = 'what the pinned package would be';
const sum = createHash('sha256').update(pinned).digest('hex');
const silent = () => undefined;

/** Like sandbox/image/packages, with another pin. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'clinic-packages-'));
  writeFileSync(join(path, 'SHA256SUMS'), `# for people\n${sum}  grafana_1.2.3_amd64.deb\n`);
  return path;
}

const server = createServer((request, response) => {
  if (request.url === '/right.deb') response.end(pinned);
  else if (request.url === '/wrong.deb') response.end('something else');
  else response.writeHead(404).end();
});
const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

test('nothing given is nothing to check', async () => {
  const path = folder();
  expect(givenPackages(path)).toEqual([]);
  await checkPackages(path);
});

test('the pinned package passes under any name', async () => {
  const path = folder();
  writeFileSync(join(path, 'grafana_1.2.3_4711_linux_amd64.deb'), pinned);
  await checkPackages(path);
});

test('a package with another sum stops the set-up, and both sums can be compared', async () => {
  const path = folder();
  writeFileSync(join(path, 'grafana.deb'), 'something else');
  const other = createHash('sha256').update('something else').digest('hex');
  await expect(checkPackages(path)).rejects.toThrow(
    new RegExp(`grafana\\.deb is not the package.*${other}.*Put grafana_1\\.2\\.3_amd64\\.deb there.*SHA256SUMS`),
  );
});

test('the pinned package is fetched and then there for good', async () => {
  const path = folder();
  await fetchPackage(address('/right.deb'), silent, path);
  expect(readdirSync(path).toSorted()).toEqual(['SHA256SUMS', 'grafana_1.2.3_amd64.deb']);
  expect(readFileSync(givenPackages(path)[0] ?? '', 'utf8')).toBe(pinned);
});

test.each([
  ['/wrong.deb', 'is not the pinned package'],
  ['/gone.deb', 'nothing can be fetched there: the answer is 404'],
])('fetching %s fails in a sentence and leaves nothing', async (path, sentence) => {
  const place = folder();
  await expect(fetchPackage(address(path), silent, place)).rejects.toThrow(sentence);
  expect(readdirSync(place)).toEqual(['SHA256SUMS']);
});

test('an address that nobody answers is said with its reason', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/x.deb`;
  await new Promise((done) => closed.close(done));
  await expect(fetchPackage(nobody, silent, folder())).rejects.toThrow(
    /GRAFANA_PACKAGE_URL is "http:.*x\.deb".*ECONNREFUSED/,
  );
});

test('the committed list pins a version of Grafana, and a given package makes another image', () => {
  const sums = readFileSync(new URL('../../sandbox/image/packages/SHA256SUMS', import.meta.url), 'utf8');
  expect(sums).toMatch(/^[0-9a-f]{64} {2}grafana_\d+\.\d+\.\d+_amd64\.deb$/m);
  const path = folder();
  const without = labImage(path).version;
  writeFileSync(join(path, 'grafana.deb'), pinned);
  expect(labImage(path).version).not.toBe(without);
});
