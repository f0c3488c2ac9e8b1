import { existsSync } from "node:fs";
import { join } from "node:path";
import { type PeerId, peers } from "../../lib/features/bench/peers.ts";
import type { RedisServer } from "../../lib/testing/redis-server.ts";
import { type OwnServer, startServer } from "../own-server.ts";
import { finished, giveUp, project, start } from "../processes.ts";

/** A peer that runs, with the login of one person. */
export type RunningPeer = {
  readonly id: PeerId;
  readonly version: string;
  readonly port: number;
  readonly pid: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same framework's route without a login. `null`: the bare route of Next.js. */
  readonly bare: string | null;
  stop(): Promise<void>;
};

const password = "alice-likes-tea";
const secret = "a secret of the bench, which protects nothing";

/** All that can be measured here, installed and built where they were not. Without Redis the one that keeps sessions there is left out. */
export async function startPeers(
  redis: RedisServer | null,
  tell: (text: string) => void,
): Promise<readonly RunningPeer[]> {
  const running: RunningPeer[] = [];
  try {
    for (const id of Object.keys(peers) as PeerId[]) {
      if (id === "express-session" && !redis) continue;
      tell(`peer ${id}`);
      await install(id);
      running.push(await starting[id](redis));
    }
    return running;
  } catch (error) {
    await Promise.all(running.map((each) => each.stop()));
    throw error;
  }
}

async function install(id: PeerId): Promise<void> {
  const folder = folderOf(id);
  if (!existsSync(join(folder, "node_modules"))) {
    // Next.js, React and the client of Redis are those of the project.
    const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--legacy-peer-deps", "--loglevel=error"];
    if ((await finished(start("npm", ["install", ...quiet], { cwd: folder }))) !== 0)
      giveUp(`npm could not install ${folder}.`);
  }
  if (existsSync(join(folder, "app")) && !existsSync(join(folder, ".next/BUILD_ID"))) {
    const built = start("next", ["build", pathOf(id)], { stdio: ["ignore", "ignore", "inherit"] });
    if ((await finished(built)) !== 0) giveUp(`next build ${pathOf(id)} failed.`);
  }
}

const pathOf = (id: PeerId) => join("bench/peers", peers[id].library);
const folderOf = (id: PeerId) => join(project, pathOf(id));

const starting: Readonly<Record<PeerId, (redis: RedisServer | null) => Promise<RunningPeer>>> = {
  "next-auth": async () => {
    const server = await startNext("next-auth", { NEXTAUTH_SECRET: secret, PEER_PASSWORD: password });
    const asked = await send(server, "GET", "/api/auth/csrf");
    const { csrfToken } = JSON.parse(asked.text);
    const body = { csrfToken, username: "alice", password, json: "true" };
    const { cookie } = await send(server, "POST", "/api/auth/callback/credentials", body, asked.cookie);
    return ready("next-auth", server, { path: "/api/me", cookie });
  },
  "better-auth": () => betterAuth("better-auth", {}),
  "better-auth-cached": () => betterAuth("better-auth-cached", { PEER_CACHE: "on" }),
  "express-session": async (redis) => {
    const server = await startServer(
      () => ["node", join(pathOf("express-session"), "server.js")],
      () => ({ NODE_ENV: "production", REDIS_URL: redis?.url ?? "", PEER_SECRET: secret }),
    );
    const { cookie } = await send(server, "POST", "/login", {});
    return ready("express-session", server, { path: "/me", cookie, bare: "/bare" });
  },
};

async function betterAuth(id: PeerId, env: Readonly<Record<string, string>>): Promise<RunningPeer> {
  const server = await startNext(id, { BETTER_AUTH_SECRET: secret, ...env });
  const person = { name: "Alice", email: "alice@example.com", password };
  const { cookie } = await send(server, "POST", "/api/auth/sign-up/email", person);
  return ready(id, server, { path: "/api/me", cookie });
}

function startNext(id: PeerId, env: Readonly<Record<string, string>>): Promise<OwnServer> {
  return startServer(
    ({ port }) => ["next", "start", pathOf(id), "--port", String(port)],
    ({ origin, folder }) => ({
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PEER_DATABASE: join(folder, "peer.db"),
      BETTER_AUTH_URL: origin,
      NEXTAUTH_URL: origin,
      ...env,
    }),
  );
}

type Login = { readonly path: string; readonly cookie: string; readonly bare?: string };

async function ready(id: PeerId, server: OwnServer, { path, cookie, bare }: Login): Promise<RunningPeer> {
  const { status, text } = await send(server, "GET", path, undefined, cookie);
  // A refusal would be cheaper than what is measured.
  if (status !== 200 || !/alice/i.test(text)) {
    await server.stop();
    throw new Error(`${id} answered ${status} ${text}\n${server.printed()}`);
  }
  const headers = { host: `localhost:${server.port}`, "user-agent": "loginscope-bench/1", cookie };
  const { port, pid, stop } = server;
  return { id, version: await versionOf(id), port, pid, path, headers, bare: bare ?? null, stop };
}

async function versionOf(id: PeerId): Promise<string> {
  const { default: about } = await import(join(folderOf(id), "package.json"), { with: { type: "json" } });
  return about.dependencies[peers[id].library];
}

/** `cookie`: what the client has then. */
async function send({ origin }: OwnServer, method: string, path: string, body?: object, cookie = "") {
  const answer = await fetch(`${origin}${path}`, {
    method,
    redirect: "manual",
    headers: { origin, ...(body && { "content-type": "application/json" }), ...(cookie && { cookie }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const lines = answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  const held = new Map([...cookie.split("; "), ...lines].filter(Boolean).map((pair) => [pair.split("=")[0], pair]));
  return { status: answer.status, text: await answer.text(), cookie: [...held.values()].join("; ") };
}
