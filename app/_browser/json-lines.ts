import { isStoppingLine } from "@/lib/lab/stopping-line.ts";
import { type Problem, readProblem, send, unreachable } from "./api.ts";

type Wanted = { readonly body: Readonly<Record<string, unknown>>; readonly signal?: AbortSignal };

/**
 * Sends a POST and passes on each line of the answer as it arrives (newline-delimited JSON). Answers the problem, or
 * `null` when the answer or `signal` ended it. Never throws.
 */
export async function followLines<Line>(
  path: string,
  { body, signal }: Wanted,
  tell: (line: Line) => void,
): Promise<Problem | null> {
  const response = await send(path, { method: "POST", body, signal });
  if (!response) return signal?.aborted ? null : unreachable;
  if (!response.ok || !response.body) return readProblem(response);
  try {
    for await (const text of linesOf(response.body)) {
      const line: unknown = JSON.parse(text);
      if (isStoppingLine(line)) return { ...unreachable, detail: line.reason };
      tell(line as Line);
    }
    return null;
  } catch {
    return signal?.aborted ? null : unreachable;
  }
}

/** Empty lines are left out. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts.filter((part) => part !== "");
  }
  if (rest !== "") yield rest;
}
