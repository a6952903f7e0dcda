/** Work that does not end in time is left behind with this error; its probe is aborted and answers no more. */
export class OutOfTime extends Error {
  override name = 'OutOfTime';
}

export async function withinDeadline<T>(work: Promise<T>, seconds: number, signal?: AbortSignal): Promise<T> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new OutOfTime(`not done in ${seconds} s`)), seconds * 1_000);
  const aborted = () => over.reject(signal?.reason);
  signal?.addEventListener('abort', aborted, { once: true });
  try {
    signal?.throwIfAborted();
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', aborted);
    // Work that was left behind fails on its own, unseen: its probe throws when it is aborted.
    work.catch(() => undefined);
  }
}
