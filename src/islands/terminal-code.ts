/**
 * The code of the terminals, which comes only with a lab: asked for as soon as one is being made, so that it is there
 * when the shells are. A browser drops requests while the networks of its machine change, as they do just then.
 */
/** Milliseconds before the second, third and fourth try. */
const pauses = [200, 800, 2_500];

let coming: Promise<unknown> | undefined;

/** Resolves when `<lab-terminals>` lives; a failure is forgotten, so that it can be asked for again. */
export function terminalCode(): Promise<unknown> {
  coming ??= load().catch((trouble: unknown) => {
    coming = undefined;
    throw trouble;
  });
  return coming;
}

async function load(): Promise<unknown> {
  for (const pause of pauses) {
    try {
      return await import('./terminal/lab-terminals.ts');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return import('./terminal/lab-terminals.ts');
}
