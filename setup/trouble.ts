/** Something only a person can repair. The message is one clear sentence and what to do; no stack is shown. */
export class SetupTrouble extends Error {
  override name = 'SetupTrouble';
}

/** Whether a line of a tool or of the engine says that its disk is full. */
export function saysDiskFull(line: string): boolean {
  return /no space left on device|ENOSPC/i.test(line);
}

/** 3 GB: what packages, images and pages of a first start take. */
export function diskFull(): SetupTrouble {
  return new SetupTrouble('The disk is full. Free about 3 GB and run the command again.');
}
