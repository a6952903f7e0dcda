/**
 * The page's one live connection. Each message of the server is kept in `live.current` and dispatched on document as
 * `clinic:live`; after a loss the page connects again with back-off and `hello` brings the whole state.
 */
import type {
  InboxMessage,
  LabView,
  LiveMessage,
  PictureView,
  StepId,
  StepProgress,
  TerminalView,
  TimelineEvent,
} from '#shared/wire.ts';
import { api } from './api.ts';

export interface Current {
  /** False until the first `hello`, and while the connection is lost. */
  connected: boolean;
  /** Undefined until the first `hello`. */
  lab: LabView | undefined;
  readonly progress: Map<StepId, StepProgress>;
  terminals: readonly TerminalView[];
  picture: PictureView | undefined;
  timeline: readonly TimelineEvent[];
  inbox: readonly InboxMessage[];
}

const current: Current = {
  connected: false,
  lab: undefined,
  progress: new Map(),
  terminals: [],
  picture: undefined,
  timeline: [],
  inbox: [],
};

export const live = { current };

type Hello = Extract<LiveMessage, { type: 'hello' }>;
/** What every part of the page is told first, as it would be said now. */
let hello: Hello | undefined;

const firstPause = 250;
const longestPause = 5_000;
/** What a page keeps of a list that only grows. */
const longestList = 1_000;

/** Calls back for each message of the given types; who comes after the `hello` hears it, too. */
export function onLive<Type extends LiveMessage['type']>(
  types: readonly Type[],
  handle: (message: Extract<LiveMessage, { type: Type }>) => void,
  /** Ends the calls. */
  signal?: AbortSignal,
): void {
  const wanted: readonly string[] = types;
  const hear = (event: Event): void => {
    const message = (event as CustomEvent<LiveMessage>).detail;
    if (wanted.includes(message.type)) handle(message as Extract<LiveMessage, { type: Type }>);
  };
  document.addEventListener('clinic:live', hear, signal && { signal });
  if (hello) hear(new CustomEvent('clinic:live', { detail: hello }));
}

/** Resolves at the next message of this type; undefined after `patience` milliseconds, when there is an end to it. */
export function nextLive<Type extends LiveMessage['type']>(
  type: Type,
  patience?: number,
): Promise<Extract<LiveMessage, { type: Type }> | undefined> {
  const heard = new AbortController();
  const next = new Promise<Extract<LiveMessage, { type: Type }> | undefined>((resolve) => {
    onLive([type], resolve, heard.signal);
    if (patience !== undefined) setTimeout(() => resolve(undefined), patience);
  });
  return next.finally(() => heard.abort());
}

/** Calls back when the connection comes and goes. */
export function onConnection(handle: (connected: boolean) => void): void {
  document.addEventListener('clinic:connection', () => handle(current.connected));
}

function keep(message: LiveMessage): void {
  if (message.type === 'hello') keepAll(message);
  else if (message.type === 'lab') keepLab(message.lab);
  else if (message.type === 'terminals') current.terminals = message.terminals;
  else if (message.type === 'progress') current.progress.set(message.progress.step, message.progress);
  else if (message.type === 'picture') current.picture = message.picture;
  else if (message.type === 'timeline') current.timeline = [...current.timeline, message.event].slice(-longestList);
  else if (message.type === 'inbox') current.inbox = [...current.inbox, message.message].slice(-longestList);
  else if (message.type === 'notice' && hello) hello = { ...hello, notices: [...hello.notices, message] };
  else if (message.type === 'membership' && hello) {
    const { membership: _, ...rest } = hello;
    hello = { ...rest, ...(message.membership && { membership: message.membership }) };
  }
}

function keepAll(message: Hello): void {
  hello = message;
  current.progress.clear();
  for (const progress of message.progress) current.progress.set(progress.step, progress);
  const { lab, terminals, picture, timeline, inbox } = message;
  Object.assign(current, { lab, terminals, picture, timeline, inbox });
}

/** Another lab has other machines: what was seen of the last one must not be shown as its own. */
function keepLab(lab: LabView): void {
  if (lab.id !== current.lab?.id)
    Object.assign(current, { picture: undefined, timeline: [], inbox: [], terminals: [] });
  current.lab = lab;
}

function setConnected(connected: boolean): void {
  if (current.connected === connected) return;
  current.connected = connected;
  document.dispatchEvent(new CustomEvent('clinic:connection'));
}

/** Resolves, when the connection has ended, with whether it had been good. */
async function stayConnected(): Promise<boolean> {
  // Makes the session on the first visit: the live connection needs one.
  await api('GET', '/api/me');
  const socket = new WebSocket(new URL('/live', location.href.replace(/^http/, 'ws')));
  let good = false;
  socket.addEventListener('message', (event: MessageEvent<string>) => {
    const message = JSON.parse(event.data) as LiveMessage;
    keep(message);
    if (message.type === 'hello') {
      good = true;
      setConnected(true);
    }
    document.dispatchEvent(new CustomEvent('clinic:live', { detail: message }));
  });
  await new Promise((resolve) => socket.addEventListener('close', resolve));
  return good;
}

async function connect(): Promise<never> {
  let pause = firstPause;
  for (;;) {
    const good = await stayConnected().catch(() => false);
    setConnected(false);
    pause = good ? firstPause : Math.min(pause * 1.5, longestPause);
    // Some spread, so that a class does not come back in one instant after a restart of the server.
    await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
  }
}

void connect();
