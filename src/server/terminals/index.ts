/** The terminals room: shells on the hosts of learners' labs, and the door by which pages look at them. */
import { z } from 'zod';
import type { WebSocket } from 'ws';
import { HostDown, type Lab } from '#sandbox/driver.ts';
import type { TerminalView } from '#shared/wire.ts';
import { HttpProblem, type Door, type Route } from '../http/route.ts';
import { closeCodes, joinTerminal } from './door.ts';
import { LearnerTerminals } from './learner-terminals.ts';
import type { SharedTerminal } from './shared-terminal.ts';

export interface TerminalRoomOptions {
  /** The learner's lab, when it can be worked in. */
  labOf(learner: string): Promise<Lab | undefined> | Lab | undefined;
  readonly limits: {
    /** The most terminals a learner may have open. */
    readonly perLearner: number;
    /** Milliseconds that shells live which nobody looks at. */
    readonly grace: number;
  };
  /** A command ended in the learner's terminal, with its exit status. */
  onCommandEnded(learner: string, host: string, status: number): void;
  /** The learner's terminals are others now: `list(learner)` says which. */
  onChanged(learner: string): void;
  /** The learner typed. Comes with every key. */
  onUsed(learner: string): void;
  readonly log: { warn(context: object, message: string): void };
}

export interface TerminalRoom {
  readonly routes: readonly Route[];
  readonly doors: readonly Door[];
  list(learner: string): readonly TerminalView[];
  /** Opens a shell on every host that has none, so that a page finds prompts. A host that is down is left out. */
  warm(learner: string): Promise<void>;
  /** Types in the host's first terminal; opens one if there is none. A line ends with '\r'. */
  type(learner: string, host: string, text: string): Promise<void>;
  /** Joins as one who looks on, and types only while `mayType()` says so. False when there is no such terminal. */
  look(learner: string, terminal: string, socket: WebSocket, mayType: () => boolean): boolean;
  /** Ends every shell of a lab. */
  closeAll(labId: string): Promise<void>;
  /** Ends every shell of every lab: the server ends. */
  close(): Promise<void>;
  counts(): { readonly terminals: number; readonly viewers: number };
}

export function terminalRoom(options: TerminalRoomOptions): TerminalRoom {
  const learners = new Map<string, LearnerTerminals>();
  const failed = (what: string, error: unknown) =>
    options.log.warn({ what, reason: error instanceof Error ? error.message : String(error) }, 'terminal trouble');

  /** The learner's terminals in the lab that is theirs now; those of an earlier lab are closed. */
  async function terminalsOf(learner: string): Promise<LearnerTerminals> {
    const lab = await options.labOf(learner);
    if (!lab) throw new HttpProblem(409, 'You have no lab yet. Start it, then open a terminal.');
    const known = learners.get(learner);
    if (known?.lab.id === lab.id) return known;
    const made = new LearnerTerminals(lab, {
      ...options.limits,
      commandEnded: (host, status) => options.onCommandEnded(learner, host, status),
      changed: () => options.onChanged(learner),
      failed,
    });
    learners.set(learner, made);
    await known?.end();
    return made;
  }

  async function open(learner: string, host: string): Promise<SharedTerminal> {
    const terminals = await terminalsOf(learner);
    try {
      return await terminals.open(host);
    } catch (error) {
      if (!(error instanceof HostDown)) throw error;
      throw new HttpProblem(409, `${host} is down, so it has no terminal. Start the host, then open it again.`);
    }
  }

  const everybody = () => [...learners.values()].flatMap((terminals) => terminals.all);

  const list = (learner: string) => learners.get(learner)?.list() ?? [];

  return {
    routes: [
      {
        method: 'GET',
        path: '/api/lab/terminals',
        who: 'learner',
        handle: ({ learner }) => ({ json: list(learner) }),
      },
      {
        method: 'POST',
        path: '/api/lab/terminals',
        who: 'learner',
        handle: async (request) => {
          const { host } = await request.json(z.strictObject({ host: z.string().max(64) }));
          return { status: 201, json: (await open(request.learner, host)).view };
        },
      },
      {
        method: 'DELETE',
        path: '/api/lab/terminals/:id',
        who: 'learner',
        handle: async ({ learner, params }) => {
          await learners.get(learner)?.close(params['id'] ?? '');
          return { status: 204 };
        },
      },
    ],
    doors: [
      {
        path: '/terminal',
        who: 'learner',
        open: (socket, { url, learner }) => {
          const terminal = learners.get(learner)?.find(url.searchParams.get('id') ?? '');
          if (!terminal) return socket.close(closeCodes.unknownTerminal, 'You have no such terminal. Open a new one.');
          joinTerminal(socket, terminal, {
            works: true,
            mayType: () => true,
            used: () => options.onUsed(learner),
            failed,
          });
        },
      },
    ],
    list,
    warm: async (learner) => (await terminalsOf(learner)).warm(),
    type: async (learner, host, text) => {
      const terminals = await terminalsOf(learner);
      await terminals.warming;
      const terminal = terminals.on(host) ?? (await open(learner, host));
      terminal.type(Buffer.from(text));
    },
    look: (learner, id, socket, mayType) => {
      const terminal = learners.get(learner)?.find(id);
      if (terminal) joinTerminal(socket, terminal, { works: false, mayType, used: () => {}, failed });
      return terminal !== undefined;
    },
    closeAll: async (labId) => {
      for (const [learner, terminals] of learners) {
        if (terminals.lab.id !== labId) continue;
        learners.delete(learner);
        await terminals.end();
      }
    },
    close: async () => {
      await Promise.allSettled([...learners.values()].map((terminals) => terminals.end()));
      learners.clear();
    },
    counts: () => {
      const all = everybody();
      return { terminals: all.length, viewers: all.reduce((sum, each) => sum + each.viewers, 0) };
    },
  };
}
