import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix, sep } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { findFlow, findVariant, flows, variants } from "../../flows/registry.ts";
import { absorbCookies, cookieHeader } from "../../lab/cookies/held-cookies.ts";
import { sharedRedis } from "../../testing/shared-redis.ts";
import { withCheapHashes } from "../../testing/with-cheap-hashes.ts";
import { closureOf, importsIn } from "../source/imports.ts";
import { repository } from "../source/repository.ts";
import { wiringFile, wiringOf } from "../source/take-away-wiring.ts";
import { type TakeAway, takeAway, takeAwayZip } from "./take-away.ts";

let root: string;
const taken = new Map<string, TakeAway>();
/** Files that installation generates for a variant with an SQL store. */
const client = "lib/stores/prisma/generated";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "loginscope-away-"));
  // What `npm install` would bring.
  await symlink(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  for (const { id } of variants) {
    const files = takeAway(id);
    if (!files) throw new Error(`${id} cannot be taken away`);
    taken.set(id, files);
    for (const [path, text] of files) await write(join(root, id, path), text);
    if (files.has("prisma/schema.prisma")) await cp(client, join(root, id, client), { recursive: true });
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** The environment of a new user's shell, without the variables of this test run. */
const bare = { PATH: process.env["PATH"], NODE_ENV: "production" } as const;
const filesOf = (id: string): TakeAway => taken.get(id) ?? new Map();
const run = (folder: string, ...command: readonly string[]) =>
  spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8", env: bare });

test("the wiring in the kit is that of server-session/sql", () => {
  const module = findFlow("server-session");
  const variant = findVariant("server-session/sql");
  const wiring = module && variant && wiringOf(repository(), module, variant);
  expect(wiring?.text).toBe(readFileSync(wiringFile, "utf8"));
});

test("each file of lib/core is taken away with some variant", () => {
  const taken = new Set(variants.flatMap(({ id }) => [...filesOf(id).keys()]));
  const names = readdirSync("lib/core", { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll(sep, "/"));
  const core = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  expect(core.filter((name) => !taken.has(`lib/core/${name}`))).toEqual([]);
});

test("all take-aways compile by themselves, with their packages", { timeout: 240_000 }, async () => {
  const { stdout, status } = run(await laidTogether(), join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

/**
 * All copies in one folder, for one run of the compiler: a file below lib that several have is there once. It means the
 * same in each, since each has all that its files import (a test below), and a file is the same in all of them, word for
 * word. What a copy has besides is in a folder of its own, over which the compiler lays the one with lib (`rootDirs`).
 */
async function laidTogether(): Promise<string> {
  const together = join(root, "together");
  const shared = new Map<string, string>();
  const folders = [...taken.keys()].map((id) => id.replace("/", "-"));
  for (const [id, files] of taken) {
    for (const [path, text] of files) {
      if (path.startsWith("lib/")) expect([id, path, text]).toEqual([id, path, shared.get(path) ?? text]);
      const copied = path.startsWith("lib/") ? path : join(id.replace("/", "-"), path);
      if (!shared.has(copied)) await write(join(together, copied), text);
      shared.set(copied, text);
    }
  }
  await cp(client, join(together, client), { recursive: true });
  const { compilerOptions, ...tsconfig } = JSON.parse(filesOf("cookie/sealed").get("tsconfig.json") ?? "");
  const options = { ...compilerOptions, rootDirs: [".", ...folders] };
  await write(join(together, "tsconfig.json"), JSON.stringify({ ...tsconfig, compilerOptions: options }));
  return together;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

test.for(flows.map(({ manifest }) => manifest.defaults.production))(
  "the tests of %s pass in its take-away",
  { timeout: 240_000 },
  (id) => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const { stdout, stderr, status } = run(join(root, id), vitest, "run", "--no-color");
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Tests {2}\d{2,} passed/);
  },
);

describe.for(variants.map(({ id, settings }) => ({ id, settings })))("$id", ({ id, settings }) => {
  const flow = id.split("/")[0] ?? "";
  const names = (folder: string) => [...filesOf(id).keys()].filter((path) => path.startsWith(folder));

  test("imports only files of its folder and packages of its package.json", () => {
    const files = filesOf(id);
    const { dependencies, devDependencies } = JSON.parse(files.get("package.json") ?? "");
    const declared = Object.keys({ ...dependencies, ...devDependencies });
    const isThere = (from: string, specifier: string) =>
      specifier.startsWith(".")
        ? files.has(posix.join(posix.dirname(from), specifier)) || specifier.includes("generated/")
        : declared.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    const strangers = [...files]
      .filter(([path]) => /\.m?ts$/.test(path))
      .flatMap(([path, text]) => importsIn(text).map((specifier) => ({ path, specifier })))
      .filter(({ path, specifier }) => !specifier.startsWith("node:") && !isThere(path, specifier));
    expect(strangers).toEqual([]);
  });

  test("has no file of lib/core that its flow, store, adapters, policy, edge and wiring do not import", () => {
    const files = filesOf(id);
    const running = [...files.keys()].filter((path) =>
      /^(?:main|wiring)\.ts$|^lib\/(?:flows|stores|adapters|revocation|http)\/.+(?<!\.test)\.ts$/.test(path),
    );
    const reached = closureOf(repository(), running, files);
    expect(names("lib/core/").filter((path) => !reached.files.has(path))).toEqual([]);
  });

  test("has one flow, and no page, route or lab", () => {
    expect(names("lib/flows/").every((path) => path.startsWith(`lib/flows/${flow}/`))).toBe(true);
    expect(names("lib/flows/")).toContain(`lib/flows/${flow}/flow.test.ts`);
    expect([...names("app/"), ...names("lib/lab/")]).toEqual([]);
    // The flow's tests bind it as a lab does.
    expect(names("lib/server/")).toEqual(["lib/server/wire-flow.ts"]);
    expect(names("lib/stores/redis/").length > 0).toBe(settings.store === "redis");
  });

  test("has a server that logs in and out, and refuses requests of another site", { timeout: 60_000 }, async () => {
    const { origin, stop } = await started(join(root, id));
    onTestFinished(stop);
    const client = clientOf(origin);
    expect((await client.send("GET", "/me")).status).toBe(401);
    const credentials = { username: "alice", password: "alice-likes-tea" };
    expect((await client.send("POST", "/login", { ...credentials, password: "wrong" })).code).toBe("BAD_CREDENTIALS");
    const elsewhere = { "sec-fetch-site": "cross-site" };
    expect((await client.send("POST", "/login", credentials, elsewhere)).code).toBe("CROSS_SITE_REQUEST");
    expect((await client.send("POST", "/login", credentials)).status).toBe(200);
    const copy = client.copy();
    expect((await client.send("GET", "/me")).body).toMatchObject({ user: { username: "alice" }, variant: id });
    expect((await client.send("POST", "/logout")).status).toBe(204);
    expect((await client.copy({ token: null }).send("GET", "/me")).code).toBe("NO_CREDENTIAL");

    const claim = variants
      .find((each) => each.id === id)
      ?.claims["replay-after-logout"]?.find(({ credential }) => credential === "access");
    const replayed = await copy.send("GET", "/me");
    expect(replayed.status === 200 ? "exposed" : replayed.code).toBe(claim?.outcome);
    expect((await client.send("POST", "/login", "{")).status).toBe(400);
    expect((await client.send("DELETE", "/login")).status).toBe(405);
  });
});

test("a variant in SQL generates its own client at installation", { timeout: 60_000 }, async () => {
  const folder = join(root, "with-its-own-client");
  await cp(join(root, "server-session/sql"), folder, {
    recursive: true,
    filter: (from) => !/generated|node_modules/.test(from),
  });
  await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const { stderr, status } = run(folder, "scripts/generate-client.mjs");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(await readdir(join(folder, "lib/stores/prisma/generated"))).toContain("client.ts");
});

test("the zip has the same files in one folder, and an unknown variant has no zip", async () => {
  const zip = unzipSync((await takeAwayZip("cookie/sealed")) ?? new Uint8Array());
  const paths = Object.keys(zip).map((path) => path.replace("loginscope-cookie-sealed/", ""));
  expect(paths.sort()).toEqual([...filesOf("cookie/sealed").keys()].sort());
  for (const id of ["cookie/none", "cookie", "", "../..", "cookie/sealed/", "__proto__/x"]) {
    expect(await takeAwayZip(id)).toBeNull();
  }
});

async function started(folder: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const env = { ...bare, PORT: "0", REDIS_URL: sharedRedis(), ...withCheapHashes };
  const child = spawn(process.execPath, ["main.ts"], { cwd: folder, env });
  let told = "";
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.stderr.on("data", (text) => (told += text));
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (text) => {
      told += text;
      const address = / at (http:\/\/localhost:\d+)/.exec(told)?.[1];
      if (address) resolve(address);
    });
    child.once("exit", () => reject(new Error(told)));
  });
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { origin, stop };
}

type ClientState = { readonly cookies: Map<string, string>; token: string | null };

function clientOf(origin: string, held: ClientState = { cookies: new Map(), token: null }) {
  async function send(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
    const given = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const headers = { ...headersOf(held), ...(body !== undefined && { "content-type": "application/json" }), ...more };
    const response = await fetch(`${origin}${path}`, { method, headers, ...given });
    absorbCookies(held.cookies, response);
    const text = await response.text();
    const answer: Record<string, unknown> = text ? JSON.parse(text) : {};
    if (typeof answer["access_token"] === "string") held.token = answer["access_token"];
    return { status: response.status, code: answer["code"], body: answer };
  }
  return {
    send,
    copy: (other: Partial<ClientState> = {}) => clientOf(origin, { ...held, cookies: new Map(held.cookies), ...other }),
  };
}

function headersOf({ cookies, token }: ClientState): Record<string, string> {
  const cookie = cookieHeader(cookies);
  return {
    ...(cookie !== null && { cookie }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
}
