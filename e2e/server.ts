/** Starts the course's server for browser tests, with records and labs of its own, and leaves nothing of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectEngine, dockerDriver, labImage, ownerOf } from '#sandbox/docker/index.ts';

const root = join(import.meta.dirname, '..');
/** Away from the addresses of a server that a person runs on this machine. */
const network = '10.211.0.0/16';

export interface ClinicServer {
  readonly url: string;
  readonly instructorSecret: string;
  /** Ends the process at once, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again, on the same records and port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** `settings` are the server's own environment variables. */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<ClinicServer> {
  const data = await mkdtemp(join(tmpdir(), 'clinic-e2e-'));
  const owner = ownerOf(process.pid);
  const instructorSecret = 'e2e-instructor-secret';
  let port = '0';
  let running: ChildProcess | undefined;
  let url = '';

  const start = async () => {
    const child = spawn(process.execPath, [join(root, 'src/server/main.ts')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: port,
        DATA_DIR: data,
        LAB_NETWORK: network,
        LAB_OWNER: owner,
        WARM_LABS: '0',
        LOG_LEVEL: 'warn',
        INSTRUCTOR_SECRET: instructorSecret,
        ...settings,
      },
    });
    running = child;
    url = await addressOf(child);
    port = new URL(url).port;
  };
  const end = async (signal: NodeJS.Signals) => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };

  await start();
  return {
    get url() {
      return url;
    },
    instructorSecret,
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGTERM');
      await removeLabs(data);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Waits for the line that says where it serves; what it says instead is the error. */
async function addressOf(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the server was started without its output');
  let said = '';
  stderr.on('data', (bytes: Buffer) => process.stderr.write(bytes));
  for await (const line of createInterface(stdout)) {
    said += `${line}\n`;
    const address = /ready: (http:\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    stdout.resume();
    return address.replace(/\/$/, '');
  }
  throw new Error(`The server ended before it served. It said:\n${said}`);
}

async function removeLabs(data: string): Promise<void> {
  const instance = (await readFile(join(data, 'instance'), 'utf8')).trim().slice(0, 10);
  const driver = dockerDriver({ docker: await connectEngine(), instance, image: labImage(), network });
  await Promise.all((await driver.list()).map(({ id }) => driver.remove(id)));
}
