/** The engine's errors in the words of the driver's interface. */
import { EngineUnreachable, HostDown, NoRoom } from '../driver.ts';

interface EngineError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message: string;
}

function asEngineError(error: unknown): EngineError {
  return error instanceof Error ? error : { message: String(error) };
}

export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  const { statusCode } = asEngineError(error);
  return statusCode !== undefined && statuses.includes(statusCode);
}

const unreachableCodes = ['ECONNREFUSED', 'ENOENT', 'EACCES', 'EPIPE', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND'];

/** Turns an error of the engine's client into one of the driver's, or hands it back unchanged. */
export function translated(error: unknown): unknown {
  const { statusCode, code, message } = asEngineError(error);
  if (statusCode === undefined && code !== undefined && unreachableCodes.includes(code)) {
    return new EngineUnreachable(`The Docker engine does not answer (${code}). Is it running?`, { cause: error });
  }
  if (/no space left on device/i.test(message)) {
    return new NoRoom('The disk of the Docker engine is full. Free some space there and try again.', { cause: error });
  }
  return error;
}

/** For calls about one host: an engine that says "not running", "paused" or "no such container" speaks of the host. */
export function translatedForHost(host: string, error: unknown): unknown {
  const { message } = asEngineError(error);
  if (hasStatus(error, 404) && /no such container/i.test(message)) {
    return new HostDown(`${host} does not exist any more.`, { cause: error });
  }
  if (hasStatus(error, 409) && /is paused/i.test(message)) return new HostDown(`${host} is paused.`, { cause: error });
  if (hasStatus(error, 409, 500) && /not running|is stopped|cannot exec/i.test(message)) {
    return new HostDown(`${host} is not running.`, { cause: error });
  }
  return translated(error);
}
