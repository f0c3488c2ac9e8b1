import { type Answer, ask, type Problem } from "./api.ts";

/** Thrown for a failed request, because SWR takes errors as exceptions. */
export class AnswerError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Returns the body of an answer, or throws an `AnswerError`. */
export function bodyOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new AnswerError(answer);
  return answer.body;
}

export async function read<T>(path: string, bearer?: string): Promise<T> {
  return bodyOf(await ask<T>(path, { bearer }));
}
