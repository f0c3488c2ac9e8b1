// Sends odd requests to a production server of its own, over sockets, and judges every answer. An answer is in order if it
// is no fault (but of health), has a content type where it has a body, comes within five seconds, and has a shape that
// /api/openapi.json names. Afterwards as many descriptors are open as before, and the server has logged nothing.
//
//   npm run build && npm run fuzz -- [--requests 100000] [--seed 7]
//
// The first request whose answer is not in order is made as small as it can be, and printed as a line of curl.

import { existsSync, readdirSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { startRedis } from "../lib/testing/redis-server.ts";
import { withCheapHashes } from "../lib/testing/with-cheap-hashes.ts";
import { asCurl } from "./fuzz/as-curl.ts";
import { type FuzzedRequest, fuzzedRequest } from "./fuzz/fuzzed-request.ts";
import { readInterfaceDocument } from "./fuzz/interface-document.ts";
import { objectionTo } from "./fuzz/judge.ts";
import { plunder } from "./fuzz/plunder.ts";
import { type Sendable, send } from "./fuzz/send.ts";
import { type OwnServer, startOwnServer } from "./own-server.ts";
import { giveUp, project, readArguments } from "./processes.ts";

const { values: asked } = readArguments(
  { options: { requests: { type: "string", default: "100000" }, seed: { type: "string", default: "20261129" } } },
  "There are two options: npm run fuzz -- --requests 100000 --seed 7",
);
const requests = Number(asked.requests);
const seed = Number(asked.seed);
if (!Number.isSafeInteger(requests) || requests < 1) giveUp("--requests is a number of requests, at least 1.");
if (!Number.isSafeInteger(seed)) giveUp("--seed is a whole number.");
if (!existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");

/** Each lab of credentials is used so often: a logout or a reset among the requests ends what they began with. */
const perLab = 100;
/** Addresses that play in labs of their own get at most so many, together. */
const playsAtMost = 20;

const redis = process.env["REDIS_URL"] ? null : await startRedis();
const server = await startOwnServer("start", {
  REDIS_URL: process.env["REDIS_URL"] ?? redis?.url ?? "",
  ...withCheapHashes,
  ...{ LABS_PER_HOUR: "1000000", LOGIN_ATTEMPTS_PER_ADDRESS: "1000000", REFRESHES_PER_MINUTE: "1000000" },
});
try {
  process.exitCode = (await fuzz(server)) ? 0 : 1;
} catch (error) {
  console.error(error, `\n${server.printed().slice(-4000)}`);
  process.exitCode = 1;
} finally {
  await server.stop();
  await redis?.stop();
}

async function fuzz({ port, origin, pid, printed }: OwnServer): Promise<boolean> {
  const agent = new Agent({ keepAlive: true });
  // What comes before the odd requests is not judged: the first of all makes the database.
  const ask = (request: Sendable) => send({ agent, port, patience: 60_000 }, request);
  const { body } = await ask({ method: "GET", address: "/api/openapi.json", headers: {}, body: null });
  const document = readInterfaceDocument(JSON.parse(body));
  let plays = 0;
  async function judged(request: FuzzedRequest): Promise<void> {
    if (request.aim.plays && plays++ >= playsAtMost) return;
    const objection = objectionTo(document, request, await send({ agent, port, patience: 5_000 }, request));
    if (objection) throw new Error(objection);
  }
  // What a process makes once and keeps is made before the count: its database, the comparison's facts.
  const { cookies } = await plunder(ask);
  const cookie = cookies.map((pair) => pair.join("=")).join("; ");
  for (const { method, path } of document.operations.filter(
    (each) => each.method === "GET" && !each.path.includes("{"),
  )) {
    if (!path.endsWith("/exchanges")) await ask({ method, address: path, headers: { cookie }, body: null });
  }
  const before = { descriptors: openDescriptors(pid), text: printed() };
  for (let done = 0; done < requests; done += perLab) {
    const property = fc.asyncProperty(fuzzedRequest(document.operations, await plunder(ask)), judged);
    const result = await fc.check(property, { seed: seed + done, numRuns: Math.min(perLab, requests - done) });
    if (result.failed) return told(result, origin);
    if (done % 10_000 === 0 && done > 0) console.log(`${done} requests`);
  }
  agent.destroy();
  return isAsBefore(server, before);
}

function told(result: fc.RunDetails<[FuzzedRequest]>, origin: string): false {
  const [request] = result.counterexample ?? [];
  console.error(`Seed ${result.seed}, after ${result.numRuns} requests, made smaller ${result.numShrinks} times:`);
  console.error(String(result.errorInstance instanceof Error ? result.errorInstance.message : result.errorInstance));
  if (request) console.error(`\n${asCurl(origin, request)}`);
  return false;
}

/** A connection that was just closed is counted for a moment longer. */
async function isAsBefore(
  { pid, printed }: OwnServer,
  { descriptors, text }: { readonly descriptors: number | null; readonly text: string },
): Promise<boolean> {
  const more = printed().slice(text.length).trim();
  if (more !== "") console.error(`In the server's log:\n${more.slice(0, 4000)}`);
  let now = openDescriptors(pid);
  for (let tries = 0; tries < 50 && (now ?? 0) > (descriptors ?? 0); tries += 1) {
    await wait(100);
    now = openDescriptors(pid);
  }
  const isOpen = now !== null && descriptors !== null && now > descriptors;
  if (isOpen) console.error(`${now} descriptors are open; there were ${descriptors}.`);
  if (descriptors === null) console.log("Open descriptors are counted where there is /proc, and so not here.");
  if (!isOpen && more === "") console.log(`${requests} requests, each answered as documented. Seed ${seed}.`);
  return !isOpen && more === "";
}

/** `null`: this system does not tell. */
function openDescriptors(pid: number): number | null {
  const folder = `/proc/${pid}/fd`;
  return existsSync(folder) ? readdirSync(folder).length : null;
}
