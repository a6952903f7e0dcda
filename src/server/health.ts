/** Whether labs can be had: the engine is asked again when the last answer is older than two seconds. */
import type { SandboxDriver } from '#sandbox/driver.ts';
import type { Route } from './http/route.ts';

const answerKept = 2_000;

export function healthRoute(driver: Pick<SandboxDriver, 'ping'>, lessons: () => number): Route {
  let asked: { readonly at: number; readonly trouble: Promise<string | undefined> } | undefined;
  const engineTrouble = () => {
    if (!asked || Date.now() - asked.at > answerKept) {
      const trouble = driver.ping().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      asked = { at: Date.now(), trouble };
    }
    return asked.trouble;
  };
  return {
    method: 'GET',
    path: '/healthz',
    who: 'anybody',
    async handle() {
      const trouble = (await engineTrouble()) ?? (lessons() === 0 ? 'No lesson can be used.' : undefined);
      return { status: trouble ? 503 : 200, json: { ok: !trouble, engine: trouble ?? 'answers', lessons: lessons() } };
    },
  };
}
