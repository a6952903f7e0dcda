/** Why a check could not be done, said to the learner. */
import { EngineUnreachable } from '#sandbox/driver.ts';
import { OutOfTime } from './deadline.ts';
import { whereItBroke } from './where-it-broke.ts';

export function troubleOf(error: unknown, step: string, seconds: number, waitingFor: string | undefined): string {
  if (error instanceof OutOfTime) {
    const busy = waitingFor
      ? `It was still waiting for ${waitingFor}: that host may be busy (look with "top") or stuck.`
      : 'The lab may be busy: look with "top" on its hosts.';
    return `The check was given up after ${seconds} s. ${busy} Then check again.`;
  }
  if (error instanceof EngineUnreachable) {
    return `The lab's engine does not answer, so nothing could be looked at: ${error.message} Check again when it is back.`;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return 'The check was broken off because the lab was changed or the server is ending. Check again.';
  }
  const where = whereItBroke(error);
  const what = error instanceof Error ? error.message : String(error);
  return `The checker of ${step} failed${where ? ` at ${where}` : ''}: ${what}. This is a fault of the course, not yours; check again, and tell the author if it stays.`;
}
