/** Does the work again and again, each time the given milliseconds after the last has ended. The work never rejects. */
export function inRounds(work: () => Promise<void>, every: number, signal: AbortSignal): void {
  const again = async () => {
    await work();
    if (!signal.aborted) timer = setTimeout(again, every).unref();
  };
  let timer = setTimeout(again, every).unref();
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
