/** Connections to the servers of a lab, one per host and port, kept while a check lasts. Answers, never exceptions. */
import type { Redis } from 'ioredis';
import { EngineUnreachable, HostDown, PortRefused } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { configuredLogins } from './logins.ts';
import type { Login } from './logins.ts';
import type { Answer, RedisValue } from './probe.ts';
import { redisLink } from './redis-link.ts';

type Command = readonly (string | number)[];

export class RedisLinks {
  private readonly lab: Lab;
  private readonly onLost: () => void;
  private readonly open = new Map<string, Promise<Redis>>();
  private readonly locked = new Map<string, string>();

  /** `onLost` is told of every kept connection that the other side ended: the server has probably gone. */
  constructor(lab: Lab, onLost: () => void = () => undefined) {
    this.lab = lab;
    this.onLost = onLost;
  }

  /** One command, with a password from the server's own configuration when it asks for one. */
  async ask(host: HostName, command: Command, port = 6379): Promise<Answer> {
    const answer = await this.once(host, command, port);
    // A kept connection may have died since (a restart of the server): look again before believing it.
    if (!answer.ok && answer.text === lostConnection) return this.once(host, command, port);
    return answer;
  }

  /** A sentence for each server that asks for a password which its configuration file does not tell. */
  lockedOut(): readonly string[] {
    return [...this.locked.values()];
  }

  close(): void {
    for (const link of this.open.values()) link.then((client) => client.disconnect()).catch(() => undefined);
    this.open.clear();
  }

  private async once(host: HostName, command: Command, port: number): Promise<Answer> {
    const key = `${host}:${port}`;
    try {
      const client = await this.connected(key, host, port);
      try {
        return { ok: true, value: await send(client, command) };
      } catch (error) {
        if (!isReply(error, 'NOAUTH') && !isReply(error, 'NOPERM')) throw error;
        return await this.withLogin(client, host, port, command, isReply(error, 'NOPERM') ? error : undefined);
      }
    } catch (error) {
      if (!isReply(error)) this.drop(key);
      return answerOf(error, `${host}:${port}`);
    }
  }

  private async connected(key: string, host: HostName, port: number): Promise<Redis> {
    const kept = this.open.get(key);
    if (kept) return kept;
    const client = redisLink(this.lab, host, port);
    let established = false;
    const connecting = client.connect().then(() => {
      established = true;
      return client;
    });
    this.open.set(key, connecting);
    client.once('close', () => {
      if (this.open.get(key) !== connecting) return;
      this.open.delete(key);
      if (established) this.onLost();
    });
    return connecting;
  }

  private drop(key: string): void {
    const link = this.open.get(key);
    this.open.delete(key);
    link?.then((client) => client.disconnect()).catch(() => undefined);
  }

  /** `refused` is what the user said who may not do this: it is the answer when no other user may. */
  private async withLogin(
    client: Redis,
    host: HostName,
    port: number,
    command: Command,
    refused: unknown,
  ): Promise<Answer> {
    for (const login of await configuredLogins(this.lab, host, port)) {
      if (!(await accepts(client, login))) continue;
      this.locked.delete(`${host}:${port}`);
      try {
        return { ok: true, value: await send(client, command) };
      } catch (error) {
        // A user with few rights, such as the replicas' own: another one may be allowed.
        if (!isReply(error, 'NOPERM')) throw error;
        refused = error;
      }
    }
    if (refused) throw refused;
    const text = `${host}:${port} asks for a password, and its configuration file names none that it accepts`;
    this.locked.set(`${host}:${port}`, text);
    return { ok: false, why: 'password', text };
  }
}

const lostConnection = 'the connection was lost';

async function send(client: Redis, [name, ...rest]: Command): Promise<RedisValue> {
  return (await client.call(String(name), ...rest)) as RedisValue;
}

async function accepts(client: Redis, login: Login): Promise<boolean> {
  try {
    await client.call('AUTH', ...(login.user === undefined ? [] : [login.user]), login.password);
    return true;
  } catch (error) {
    if (isReply(error)) return false;
    throw error;
  }
}

/** An error that the server itself answered, as against a lost or refused connection. */
function isReply(error: unknown, code = ''): boolean {
  return error instanceof Error && error.name === 'ReplyError' && error.message.startsWith(code);
}

function answerOf(error: unknown, where: string): Answer {
  if (error instanceof EngineUnreachable || !(error instanceof Error)) throw error;
  if (error instanceof HostDown) return { ok: false, why: 'host-down', text: error.message };
  if (error instanceof PortRefused) return { ok: false, why: 'refused', text: error.message };
  if (isReply(error)) return { ok: false, why: 'error', text: error.message };
  if (/timed out/i.test(error.message)) return { ok: false, why: 'timeout', text: `${where} did not answer in time` };
  return { ok: false, why: 'refused', text: lostConnection };
}
