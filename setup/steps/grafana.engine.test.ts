/**
 * How a package of Grafana gets into the lab, with a stand-in: a tiny package of the same name and places, whose program
 * answers on port 3000. It is not Grafana. That the real one runs like this is not tested here; it cannot be had where
 * these tests were written.
 */
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeGrafana } from '#checkers/grafana/see.ts';
import { judgeInstalled } from '#checkers/grafana/installed.ts';
import { openProbe } from '#checking/probe-lab.ts';
import { buildLabImage, connectEngine, dockerDriver, imageFolder, labImage, ownerOf } from '#sandbox/docker/index.ts';
import type { Lab } from '#sandbox/driver.ts';
import { testDriver } from '#sandbox/testing.ts';
import { topologies, type Topology } from '#sandbox/topologies.ts';
import type { ServiceView } from '#shared/wire.ts';
import type { RouteRequest } from '../../src/server/http/route.ts';
import { servicesRoom } from '../../src/server/services/index.ts';
import { follow } from './follow.ts';

/** A monitor on which everything is still to be installed, and one (under another name) that has it all. */
const both: Topology = {
  id: 'stand-in',
  hosts: [
    ...topologies['trio+bare-monitor'].hosts.filter(({ name }) => name === 'monitor' || name === 'outside'),
    full(),
  ],
};
function full() {
  return { ...topologies['trio+monitor'].hosts[0], memory: 256 };
}

const packaging = `
set -e
root=$(mktemp -d)
install -d "$root/DEBIAN" "$root/usr/share/grafana/bin" "$root/usr/sbin"
cat > "$root/DEBIAN/control" <<'X'
Package: grafana
Version: 0.0.1
Architecture: all
Maintainer: nobody <nobody@example.org>
Depends: adduser
Description: a stand-in for Grafana in the tests of Redis Clinic
X
cat > "$root/DEBIAN/postinst" <<'X'
#!/bin/sh
set -e
adduser --system --group --quiet --home /usr/share/grafana --no-create-home --shell /bin/false grafana
X
cat > "$root/usr/share/grafana/bin/grafana" <<'X'
#!/usr/bin/perl
use strict; use warnings; use IO::Socket::INET;
my $config = (grep { /^--config=/ } @ARGV)[0] // '';
my $server = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => 3000, Listen => 8, ReuseAddr => 1) or die $!;
while (my $client = $server->accept) {
  my $line = <$client> // '';
  while (my $header = <$client>) { last if $header =~ /^\\r?\\n$/ }
  my $user = getpwuid($<);
  my $body = $line =~ m{/api/health} ? '{"database":"ok","version":"0.0.1"}'
    : $line =~ m{/api/(datasources|search)} ? '[]' : "<p>a stand-in, as $user, with $config</p>";
  print $client "HTTP/1.1 200 OK\\r\\ncontent-length: " . length($body) . "\\r\\nconnection: close\\r\\n\\r\\n$body";
  close $client;
}
X
chmod 755 "$root/DEBIAN/postinst" "$root/usr/share/grafana/bin/grafana"
# The same bytes at each run: the engine then builds from its cache, and does not keep one more stage each time.
SOURCE_DATE_EPOCH=0 dpkg-deb --build --root-owner-group "$root" /tmp/stand-in.deb > /dev/null
base64 -w0 /tmp/stand-in.deb
`;

const docker = await connectEngine();
const folder = mkdtempSync(join(tmpdir(), 'clinic-image-'));
const without = await testDriver('no-grafana');
let lacking: Lab;
let lab: Lab;
let remove = async (): Promise<unknown> => undefined;

beforeAll(async () => {
  cpSync(imageFolder, folder, { recursive: true, filter: (path) => !path.endsWith('.deb') });
  lacking = await without.create('lacking', topologies['single+monitor']);
  const { stdout } = await lacking.run('outside', packaging);
  writeFileSync(join(folder, 'packages', 'stand-in.deb'), Buffer.from(stdout, 'base64'));
  for (const target of ['bare', 'full'] as const) {
    await follow(docker, await buildLabImage(docker, target, folder), () => undefined, 120_000);
  }
  const image = labImage(folder);
  const driver = dockerDriver({
    docker,
    instance: `test-grafana-${process.pid}`,
    image,
    network: '10.213.0.0/16',
    owner: ownerOf(process.pid),
  });
  remove = async () => {
    await driver.remove('stand-in');
    for (const target of ['full', 'bare'] as const) await docker.getImage(image.tag(target)).remove({ force: true });
  };
  lab = await driver.create('stand-in', both);
}, 600_000);

afterAll(async () => {
  await Promise.all([remove(), without.remove('lacking')]);
  rmSync(folder, { recursive: true });
});

const installAndStart = 'sudo apt-get install -y grafana && sudo systemctl enable --now grafana-server';
const learner = { user: 'learner', timeout: 120_000 } as const;

test('a bare host installs it from the offline archive and starts it as a service, which answers then', async () => {
  expect((await lab.run('monitor', 'systemctl start grafana-server')).stderr).toContain('not found');
  expect(await lab.run('monitor', installAndStart, learner)).toMatchObject({ code: 0 });
  const { stdout } = await lab.run('monitor', 'systemctl is-active grafana && curl -s localhost:3000');
  expect(stdout).toBe('active\n<p>a stand-in, as grafana, with --config=/etc/grafana/grafana.ini</p>');
  const ini = await lab.run('monitor', 'cat /etc/grafana/grafana.ini');
  expect(ini.stdout).toMatch(/\[auth\.anonymous\]\nenabled = true[^]*check_for_updates = false/);
});

test('what the learner changes in its files stays when something else is installed', async () => {
  const change = 'echo "# mine" >> /etc/grafana/grafana.ini && apt-get install -y prometheus-redis-exporter';
  expect(await lab.run('monitor', change, { timeout: 120_000 })).toMatchObject({ code: 0 });
  expect((await lab.run('monitor', 'tail -n 1 /etc/grafana/grafana.ini')).stdout).toBe('# mine\n');
});

test('it stops, starts again with the host, and is there on a full host, neither enabled nor started', async () => {
  await lab.run('monitor', 'systemctl restart grafana-server && systemctl stop grafana-server', { timeout: 120_000 });
  expect((await lab.run('monitor', 'systemctl is-active grafana-server')).stdout).toBe('inactive\n');
  await lab.fault('host-down', 'monitor');
  await lab.mend('host-down', 'monitor');
  await expect
    .poll(async () => (await lab.run('monitor', 'systemctl is-active grafana-server')).stdout, { timeout: 30_000 })
    .toBe('active\n');
  const { stdout } = await lab.run(
    'redis-1',
    'systemctl is-enabled grafana-server; systemctl is-active grafana-server',
  );
  expect(stdout).toBe('disabled\ninactive\n');
  expect((await lab.run('redis-1', 'systemctl start grafana-server', { timeout: 120_000 })).code).toBe(0);
});

test('its page opens through the server, and the checkers ask it', async () => {
  const [view, page] = await openPage(lab);
  expect(view).toMatchObject({ up: true });
  expect(page).toContain('a stand-in');
  expect(await seen(lab)).toMatchObject({ installed: true, up: true });
});

test('without the package the lab says so', async () => {
  const start = await lacking.run('monitor', 'systemctl start grafana-server');
  expect(start).toMatchObject({ code: 5, stderr: expect.stringContaining('grafana-server.service not found') });
  const [view] = await openPage(lacking);
  expect(view).toMatchObject({ up: false, lacking: true });
  expect(judgeInstalled(await seen(lacking))?.state).toBe('unverifiable');
});

async function seen(of: Lab) {
  const { probe, close } = openProbe({
    lab: of,
    nonce: '0'.repeat(16),
    begunAt: new Date(),
    answers: {},
    timeline: () => [],
    inbox: () => [],
    signal: AbortSignal.timeout(30_000),
  });
  return seeGrafana(probe).finally(close);
}

/** As the lab pane lists Grafana, and what a browser gets at the address that stands there. */
async function openPage(of: Lab): Promise<readonly [ServiceView | undefined, string]> {
  const room = servicesRoom({
    labOf: async () => of,
    labById: async () => of,
    course: 'http://localhost:4321',
    pattern: 'http://*.localhost:4321',
    secret: 'a secret of this test',
  });
  const list = room.routes.find(({ path }) => path === '/api/lab/services');
  const reply = (await list?.handle({ learner: 'ada' } as RouteRequest, undefined as never)) as { json: ServiceView[] };
  const view = reply.json.find(({ name }) => name === 'grafana');
  const server = createServer((incoming, response) => room.handle(incoming, response)).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, headers: { host: new URL(view?.url ?? '').host } }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let page = '';
    for await (const chunk of answer.setEncoding('utf8')) page += String(chunk);
    return [view, page];
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
