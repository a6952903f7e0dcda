import { describe, expect, it, vi } from 'vitest';
import { Turns } from './turns.ts';

/** Checks that end when they are told to, and remember how many ran at once. */
function stage() {
  const running: { end: (value: string) => void; signal: AbortSignal }[] = [];
  let atOnce = 0;
  let most = 0;
  const work = async (signal: AbortSignal): Promise<string> => {
    const { promise, resolve } = Promise.withResolvers<string>();
    running.push({ end: resolve, signal });
    most = Math.max(most, (atOnce += 1));
    signal.addEventListener('abort', () => resolve('broken off'), { once: true });
    return promise.finally(() => (atOnce -= 1));
  };
  const turns = new Turns(
    async () => work,
    (what, error) => expect.unreachable(`${what}: ${String(error)}`),
  );
  return { turns, work, running, most: () => most };
}

describe('turns', () => {
  it('make one check of many wishes, and one more for those that came while it ran', async () => {
    const { turns, running, most } = stage();
    for (let wish = 0; wish < 20; wish += 1) turns.soon('ada', 5);
    await vi.waitFor(() => expect(running).toHaveLength(1));
    for (let wish = 0; wish < 20; wish += 1) turns.soon('ada', 5);
    running[0]?.end('done');
    await vi.waitFor(() => expect(running).toHaveLength(2));
    running[1]?.end('done');
    await turns.close();
    expect([running.length, most()]).toEqual([2, 1]);
  });

  it('break off a check by itself for one that is asked for', async () => {
    const { turns, work, running, most } = stage();
    turns.soon('ada', 0);
    await vi.waitFor(() => expect(running).toHaveLength(1));
    const asked = turns.asked('ada', 'a/b', work);
    await vi.waitFor(() => expect(running).toHaveLength(2));
    expect(running[0]?.signal.aborted).toBe(true);
    running[1]?.end('verdict');
    expect(await asked).toBe('verdict');
    expect(most()).toBe(1);
  });

  it('answer the same question twice with one check, and another question after it', async () => {
    const { turns, work, running, most } = stage();
    const answers = [turns.asked('ada', 'a/b', work), turns.asked('ada', 'a/b', work), turns.asked('ada', 'a/c', work)];
    running[0]?.end('first');
    await vi.waitFor(() => expect(running).toHaveLength(2));
    running[1]?.end('second');
    expect(await Promise.all(answers)).toEqual(['first', 'first', 'second']);
    expect(most()).toBe(1);
  });

  it('keep learners apart, and end what runs when the lab goes', async () => {
    const { turns, work, running } = stage();
    const asked = [turns.asked('ada', 'a/b', work), turns.asked('bob', 'a/b', work)];
    await vi.waitFor(() => expect(running).toHaveLength(2));
    await turns.cancel('ada');
    expect(await asked[0]).toBe('broken off');
    expect(running[1]?.signal.aborted).toBe(false);
    running[1]?.end('verdict');
    expect(await asked[1]).toBe('verdict');
  });
});
