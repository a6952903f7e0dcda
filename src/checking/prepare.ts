/** Brings a fresh lab to the start of a lesson, with the lesson's own script. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Lab } from '#sandbox/driver.ts';
import type { Lesson, PrepareTools } from './lesson.ts';
import { RedisLinks } from './redis-links.ts';

/** Says which host and script failed, with the end of the script's own output. */
export class PrepareFailed extends Error {
  override name = 'PrepareFailed';
}

export async function prepareLesson(lab: Lab, lesson: Lesson, say: (text: string) => void): Promise<void> {
  const links = new RedisLinks(lab);
  const tools: PrepareTools = {
    say,
    address: (host) => lab.address(host),
    redis: (host, command, port) => links.ask(host, command, port),
    async run(host, script, options = {}) {
      const result = await lab.run(host, script, { timeout: 30_000, ...options });
      if (result.code === 0) return result;
      const end = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-5).join('\n');
      const how = result.timedOut ? 'did not end in time' : `ended with ${result.code}`;
      throw new PrepareFailed(`Preparing ${lesson.slug}: a script on ${host} ${how}: ${end}`);
    },
    async waitFor(what, look, milliseconds = 10_000) {
      const end = Date.now() + milliseconds;
      while (!(await look())) {
        if (Date.now() > end) {
          throw new PrepareFailed(`Preparing ${lesson.slug}: waited ${milliseconds / 1_000} s in vain for ${what}`);
        }
        await pause(100);
      }
    },
  };
  try {
    await lesson.prepare(tools);
  } finally {
    links.close();
  }
}
