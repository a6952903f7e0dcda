/** The engine's long answers: a stream of JSON objects with progress in words, and at the end perhaps an error. */
import type Docker from 'dockerode';
import type { Say } from '../step.ts';
import { diskFull, saysDiskFull } from '../trouble.ts';

interface Progress {
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
}

/**
 * Rejects with the engine's own words when it failed, or when it said nothing for so long. On a full disk a build's last
 * words are the number of the step that failed; what filled up was said before.
 */
export async function follow(docker: Docker, stream: NodeJS.ReadableStream, say: Say, silence: number): Promise<void> {
  let giveUp: NodeJS.Timeout | undefined;
  const tooQuiet = new Promise<never>((_, reject) => {
    const arm = () => {
      clearTimeout(giveUp);
      giveUp = setTimeout(() => reject(new Error(`nothing came for ${silence / 1000} s`)), silence);
    };
    stream.on('data', arm);
    arm();
  });
  const done = new Promise<void>((resolve, reject) => {
    let full = false;
    docker.modem.followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      ({ stream: line, status, error }: Progress) => {
        full ||= saysDiskFull(error ?? line ?? '');
        if (error !== undefined) reject(full ? diskFull() : new Error(error.trim()));
        else if (line?.trim() || status) say(line?.trim() ?? status ?? '');
      },
    );
  });
  await Promise.race([done, tooQuiet]).finally(() => clearTimeout(giveUp));
}
