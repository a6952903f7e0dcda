import type Docker from 'dockerode';

/** Whether the engine answers within two seconds. */
export async function answers(docker: Docker): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, 2_000, false);
  const answered = docker.ping().then(
    () => true,
    () => false,
  );
  const result = await Promise.race([answered, late]);
  clearTimeout(timer);
  return result;
}
