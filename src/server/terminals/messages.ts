/** What a page may say on /terminal beside raw bytes. */
import { z } from 'zod';
import type { TerminalToServer } from '#shared/wire.ts';

const message: z.ZodType<TerminalToServer> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ack'), bytes: z.int().min(1).max(1e9) }),
  z.strictObject({ type: z.literal('resize'), cols: z.int().min(2).max(500), rows: z.int().min(1).max(300) }),
  z.strictObject({ type: z.literal('start-again') }),
]);

/** Undefined when it is none of the messages that the page may send. */
export function parseMessage(text: string): TerminalToServer | undefined {
  try {
    return message.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
