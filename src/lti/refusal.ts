/** A message of a platform is not taken. The text is for the person who clicked: what is wrong, and who can mend it. */
export class Refusal extends Error {
  override name = 'Refusal';
}
