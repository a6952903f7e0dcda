import type Docker from 'dockerode';

/** Whether the engine answers within two seconds. */
export const answers = async (docker: Docker): Promise<boolean> => (await whySilent(docker)) === undefined;

/** Why the engine does not answer within two seconds (ECONNREFUSED, EACCES, …); undefined when it does. */
export async function whySilent(docker: Docker): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(resolve, 2_000, 'ETIMEDOUT');
  const answered = docker.ping().then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  const result = await Promise.race([answered, late]);
  clearTimeout(timer);
  return result;
}
