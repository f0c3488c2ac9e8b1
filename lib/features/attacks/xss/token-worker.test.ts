import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { browserFile } from "./browser-files.ts";

const tokens = { access_token: "an-access-token", refresh_token: "a-refresh-token" };

/** The worker as a browser runs it, behind a server that hands out tokens. Answers what its page is told, and what it sent. */
async function run(script: string, addresses: readonly string[]) {
  const told: unknown[] = [];
  const sent: { readonly address: string; readonly authorization: string | null }[] = [];
  let hear: (event: object) => void = () => {};
  const self = {
    addEventListener: (_: string, listener: typeof hear) => {
      hear = listener;
    },
    postMessage: (message: unknown) => told.push(message),
  };
  const fetch = async (address: string, { headers }: { readonly headers: Headers }) => {
    sent.push({ address, authorization: headers.get("authorization") });
    return Response.json(tokens);
  };
  runInNewContext(script, { self, fetch, Headers });
  for (const address of addresses) {
    hear({ data: { address, body: {} }, ports: [self] });
    await new Promise(setImmediate);
  }
  return { told: JSON.stringify(told), sent };
}

const worker = browserFile("token-worker.js");
const login = "/api/memory-jwt/login";

test("a worker that holds the token adds it to requests, and leaves it out of what its page is told", async () => {
  const { told, sent } = await run(worker, [login, "/api/memory-jwt/me"]);
  expect(sent.map(({ authorization }) => authorization)).toEqual([null, `Bearer ${tokens.access_token}`]);
  expect(told).toBe('["ready",{"status":200},{"status":200}]');
});

test("a worker that holds the token sends it to no other address than those of the API", async () => {
  const { sent } = await run(worker, [login, "http://evil.localhost:3000/loot", "//evil.localhost/api/"]);
  expect(sent.map(({ address }) => address)).toEqual([login]);
});

test.for([
  [
    "that tells its page the whole answer",
    "return { status: answer.status };",
    "return { status: answer.status, ...told };",
  ],
  ["that asks whatever address it is given", 'if (!address.startsWith("/api/")) return;', ""],
])("a worker %s hands the token out", async ([, line = "", mutant = ""]) => {
  expect(worker).toContain(line);
  const { told, sent } = await run(worker.replace(line, mutant), [login, "http://evil.localhost:3000/loot"]);
  const isTold = told.includes(tokens.access_token);
  const isSent = sent.some(({ address, authorization }) => !address.startsWith("/api/") && authorization !== null);
  expect(isTold || isSent).toBe(true);
});
