/**
 * Thrown where a password is not hashed: too many wait for that already, or whoever asked has gone. Nothing was judged,
 * so no attempt counts; the edge answers OVERLOADED.
 */
export class Overloaded extends Error {
  constructor() {
    super("No password is hashed now: too many wait, or nobody waits for the answer");
  }
}
