import { expect, test } from "vitest";
import type { Exchange, TraceStep } from "@/lib/lab/feed/exchange.ts";
import { actedLines, linesInOrder } from "./acted-lines.ts";

const [flow, part] = ["lib/flows/x/flow.ts", "lib/flows/x/part.ts"];
const step = (file: string, line: number, found = "found"): TraceStep => ({
  ...{ actor: "store", did: "find", found, startedAfter: 0, took: 1 },
  at: { file, line },
});

function exchange(fields: Partial<Exchange>): Exchange {
  return {
    ...{
      id: 1,
      at: 0,
      clockOffset: 0,
      flow: "x",
      action: "me",
      variant: "x/y",
      device: "d",
      code: null,
      steps: [],
      took: 1,
    },
    request: { method: "GET", path: "/api/x/me", headers: [], body: null },
    response: { status: 200, headers: [], body: null },
    ...fields,
  };
}

test("each line that acted has the numbers of its steps in the list of steps", () => {
  const marks = actedLines(exchange({ steps: [step(flow, 3), step(part, 9), step(flow, 3)] }));
  expect(marks.get(flow)?.get(3)).toEqual({ steps: [1, 3], refused: null });
  expect(marks.get(part)?.get(9)).toEqual({ steps: [2], refused: null });
});

test("the refusal is marked at the line that refused, or at the call that was answered with it", () => {
  const own = exchange({ code: "REVOKED", refusedAt: { file: flow, line: 7 }, steps: [step(flow, 3)] });
  expect(actedLines(own).get(flow)?.get(7)).toEqual({ steps: [], refused: "REVOKED" });
  const steps = [step(flow, 3), step(flow, 5, "EXPIRED at exp")];
  const answered = exchange({ code: "EXPIRED", steps });
  expect(actedLines(answered).get(flow)?.get(5)).toEqual({ steps: [2], refused: "EXPIRED" });
  expect(linesInOrder(answered)).toEqual([3, 5].map((line) => ({ file: flow, line })));
});

test("steps without a known line mark no line", () => {
  expect(actedLines(undefined).size).toBe(0);
  const { at, ...unknown } = step(flow, 3);
  expect(actedLines(exchange({ steps: [unknown], code: "TOO_MANY_REQUESTS" })).size).toBe(0);
  expect(at).toBeDefined();
});
