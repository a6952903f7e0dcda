/** Something only a person can repair. The message is one clear sentence and what to do; no stack is shown. */
export class SetupTrouble extends Error {
  override name = 'SetupTrouble';
}
