import { describe, expect, test } from "vitest";
import { z } from "zod";
import { asJson, asLines } from "../http/openapi/content.ts";
import type { Operation } from "../http/operation.ts";
import { json, problem } from "../http/problem.ts";
import { documented } from "./documented-answers.ts";

const shape = z.strictObject({ balance: z.int() });
const run = () => Promise.resolve(new Response(null, { status: 204 }));
const plain: Operation = { summary: "Balance", by: "login", lab: "named", answers: { 200: [asJson(shape)] }, run };
const empty: Operation = { summary: "Forget it", lab: "none", answers: { 200: [] }, run };
const stream: Operation = { summary: "Balances", lab: "none", answers: { 200: [asLines(shape)] }, run };
const table = new Map([
  ["balance", { GET: plain, DELETE: empty }],
  ["balances", { GET: stream }],
]);

const lines = (text: string) => new Response(text, { headers: { "content-type": "application/x-ndjson" } });

/** The answer as a test would receive it. */
async function received(answer: Response, path = "balance", method = "GET"): Promise<string> {
  const dispatch = documented(() => Promise.resolve(answer), { labMode: true }, table);
  const response = await dispatch(new Request(`http://localhost/api/${path}`, { method }));
  return response.text();
}

describe("a test receives", () => {
  test("an answer as its row of the table says", async () => {
    expect(await received(json({ balance: 3 }))).toBe('{"balance":3}');
    expect(await received(lines('{"balance":3}\n{"balance":4}\n'), "balances")).toBe('{"balance":3}\n{"balance":4}\n');
  });

  test("a refusal that its row names, and one of an address that is not there", async () => {
    expect(JSON.parse(await received(problem("EXPIRED")))).toMatchObject({ code: "EXPIRED" });
    expect(JSON.parse(await received(problem("NOT_FOUND"), "nowhere"))).toMatchObject({ code: "NOT_FOUND" });
    expect(JSON.parse(await received(problem("METHOD_NOT_ALLOWED"), "balance", "PUT"))).toMatchObject({
      code: "METHOD_NOT_ALLOWED",
    });
  });
});

describe("a test fails that is answered with", () => {
  test.for([
    { name: "a status that its row does not name", answer: () => json({ balance: 3 }, 201) },
    { name: "a field that its row does not name", answer: () => json({ balance: 3, secret: true }) },
    { name: "a field of another type", answer: () => json({ balance: "3" }) },
    { name: "no body", answer: () => new Response(null) },
    { name: "another media type", answer: () => lines('{"balance":3}\n') },
    { name: "a refusal that its row does not name", answer: () => problem("REUSE_DETECTED") },
    { name: "a stream with a line of another shape", path: "balances", answer: () => lines('{"balance":3}\n{}\n') },
    {
      name: "a stream whose last line has no end",
      path: "balances",
      answer: () => lines('{"balance":3}\n{"balance":4}'),
    },
    {
      name: "bytes without a type",
      answer: () => new Response(new Uint8Array([123])),
      path: "balance",
      method: "DELETE",
    },
    { name: "an answer at an address that is not there", path: "nowhere", answer: () => json({}) },
  ])("$name", async ({ answer, path, method }) => {
    await expect(received(answer(), path, method)).rejects.toThrow(/row of the table|in its body/);
  });
});
