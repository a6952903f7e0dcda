import { expect, it } from 'vitest';
import { fakeLab } from '../../leases/testing/fake-driver.ts';
import { runSolution } from './solution.ts';

it('is refused while a host is down, naming the host and what to do', async () => {
  const lab = fakeLab('lab');
  await lab.fault('host-down', 'redis-1');
  const typed: string[] = [];
  const run = runSolution({
    labOf: () => lab,
    records: { answer: () => undefined },
    type: async (_learner, _host, text) => void typed.push(text),
  });
  await expect(run('ada', 'quiz/answer', 'true\n')).rejects.toThrow(
    /^redis-1 is stopped, .* start it in the tab Picture/,
  );
  expect(typed).toEqual([]);
});
