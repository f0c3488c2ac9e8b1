import { type Answer, ask, type Problem } from "./api.ts";

/** Thrown to whoever keeps answers and has to be told that there is none. */
export class AnswerError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The body of an answer, or `AnswerError`. */
export function bodyOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new AnswerError(answer);
  return answer.body;
}

export async function read<T>(path: string, bearer?: string): Promise<T> {
  return bodyOf(await ask<T>(path, { bearer }));
}
