import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import { usualSettings } from "@/lib/lab/lab-settings.ts";
import { type Answer, ask, send } from "../../_browser/api.ts";

/** A way in which a login disappears, and how the page makes it happen. */
export type Vanishing = {
  readonly id: string;
  readonly title: string;
  /** What its button does in the lab and in this browser. */
  readonly does: string;
  readonly flow: FlowId;
  readonly variant: VariantId;
  /** The node of the request after the login. Absent: the node of the login. */
  readonly askedOf?: "other";
  /** The cookie that is looked for, if it is not the flow's first one. */
  readonly cookie?: string;
  readonly play: (stage: Stage) => Promise<void>;
};

export type Stage = {
  readonly choose: (change: Readonly<Record<string, unknown>>) => Promise<void>;
  /** `native`: from another client, which keeps a token and no cookie. */
  readonly logIn: (client?: "native") => Promise<void>;
  readonly post: (path: string, body?: Readonly<Record<string, unknown>>, bearer?: string) => Promise<unknown>;
  /** Sends a request whose answer the server holds back. Waits for no other request, and none waits for it. */
  readonly late: (method: "GET" | "POST", path: string, milliseconds: number) => Promise<unknown>;
  /** Logs out at once. Waits for no request that is under way. */
  readonly logOut: () => Promise<void>;
  readonly alice: string;
};

const sql = { flow: "server-session", variant: "server-session/sql" } as const;

/** Logs in under these settings. */
function loggedInWith(change: Readonly<Record<string, unknown>>): Vanishing["play"] {
  return async ({ choose, logIn }) => {
    await choose(change);
    await logIn();
  };
}

/** From another client, which holds a token of the admin. */
async function endedByAdmin({ logIn, post, alice }: Stage): Promise<void> {
  await logIn();
  const credentials = { username: "admin", password: "admin-likes-logs", client: "native" };
  const grant = await post("/api/memory-jwt/login", { ...credentials, variant: "memory-jwt/rotating" });
  await post(`/api/admin/users/${alice}/revoke`, undefined, String(Object(grant)["access_token"]));
}

export const vanishings: readonly Vanishing[] = [
  {
    ...sql,
    id: "path",
    title: "Wrong Path",
    does: "Sends the login’s cookie with Path=/elsewhere.",
    play: loggedInWith({ cookies: { prefix: "", path: "/elsewhere" } }),
  },
  {
    ...sql,
    id: "domain",
    title: "Wrong Domain",
    does: "Sends it with Domain=example.org, which is not this host.",
    play: loggedInWith({ cookies: { prefix: "", domain: "example.org" } }),
  },
  {
    ...sql,
    id: "prefix",
    title: "Rejected prefix",
    does: "Keeps the name __Host-sid and sends it without Secure, as many do to make it work over plain http.",
    play: loggedInWith({ cookies: { secure: false } }),
  },
  {
    ...sql,
    id: "contradiction",
    title: "SameSite=None, not Secure",
    does: "Sends it for other sites’ pages, and without Secure.",
    play: loggedInWith({ cookies: { prefix: "", secure: false, sameSite: "none" } }),
  },
  {
    ...sql,
    id: "max-age",
    title: "Max-Age over",
    does: "Sends it with Max-Age=1 and waits for two seconds.",
    async play({ choose, logIn }) {
      await choose({ cookies: { maxAge: 1 } });
      await logIn();
      await new Promise((done) => setTimeout(done, 2000));
    },
  },
  {
    ...sql,
    id: "expired",
    title: "Lifetime over",
    does: "Logs in with lifetimes of seconds, and moves the lab’s clock by 121 s. It stays moved.",
    async play({ choose, logIn, post }) {
      await choose({ lifetimes: "seconds" });
      await logIn();
      await post("/api/lab/clock", { advanceSeconds: 121 });
    },
  },
  {
    id: "memory",
    title: "Restarted memory store",
    does: "Logs in with records in the process’s memory, then clears that memory, as a restart does.",
    flow: "server-session",
    variant: "server-session/memory",
    async play({ logIn, post }) {
      await logIn();
      await post("/api/lab/forget-memory");
    },
  },
  {
    id: "node",
    title: "Another node",
    does: "Logs in with records in the process’s memory, then asks as if a second node had answered, which has its own memory.",
    flow: "server-session",
    variant: "server-session/memory",
    askedOf: "other",
    play: ({ logIn }) => logIn(),
  },
  {
    id: "key",
    title: "Changed key",
    does: "Rotates the lab’s keys without overlap. Every other flow that signs or seals loses its login as well.",
    flow: "cookie",
    variant: "cookie/sealed",
    async play({ logIn, post }) {
      await logIn();
      await post("/api/lab/keys/rotate", { overlap: false });
    },
  },
  {
    id: "cap",
    title: "Evicted by the cap",
    does: "Allows one login at once, logs in, and then logs in again from another client.",
    flow: "hybrid",
    variant: "hybrid/bearer-or-session",
    async play({ choose, logIn }) {
      // The Path of the cookie keeps it off the second login, which would otherwise replace the first login.
      await choose({ parallelLogins: 1, cookies: { prefix: "", path: "/api/hybrid/me" } });
      await logIn();
      await logIn("native");
    },
  },
  {
    ...sql,
    id: "ended",
    title: "Ended by somebody",
    does: "The admin ends all of alice’s logins in every flow, from another client.",
    play: endedByAdmin,
  },
  {
    id: "service",
    title: "Ended, and asked of a service",
    does: "Logs in with an id that a session service is asked about, then the admin ends the login.",
    flow: "hybrid",
    variant: "hybrid/introspected",
    play: endedByAdmin,
  },
  {
    ...sql,
    id: "logout",
    title: "Logged out in another tab",
    does: "Logs out; the answer deletes the cookie of every tab.",
    async play({ logIn, post }) {
      await logIn();
      await post("/api/server-session/logout");
    },
  },
];

class Halted extends Error {}

/**
 * Plays it from a clean start, asks who is logged in, and restores the lab's settings. Answers the milliseconds on
 * this browser's clock between the first login's answer and that request. Throws if a step is refused.
 */
export async function vanish(
  vanishing: Vanishing,
  lab: { readonly settings: LabSettings; readonly alice: string; readonly password: string },
): Promise<number> {
  const at = (action: string) => `/api/${vanishing.flow}/${action}`;
  const choose = async (change: object) =>
    void done(await ask("/api/lab/settings", { method: "PATCH", body: { ...change } }));
  const logOut = async () => void done(await ask(at("logout"), { method: "POST" }));
  await choose(usualSettings);
  await logOut();
  let loggedInAt: number | null = null;
  try {
    await vanishing.play({
      choose,
      async logIn(client) {
        const who = { username: "alice", password: lab.password, variant: vanishing.variant };
        const body = { ...who, ...(client && { client }) };
        done(await ask(at("login"), { method: "POST", body }));
        loggedInAt ??= Date.now();
      },
      post: async (path, body, bearer) => done(await ask(path, { method: "POST", ...(body && { body }), bearer })),
      late: (method, path, milliseconds) => send(path, { method, late: milliseconds }),
      async logOut() {
        const response = await send(at("logout"), { method: "POST" });
        if (!response?.ok) throw new Halted("The logout was not answered.");
      },
      alice: lab.alice,
    });
    const elapsed = Date.now() - (loggedInAt ?? Date.now());
    await ask(at("me"), { node: vanishing.askedOf });
    return elapsed;
  } finally {
    await logOut();
    await choose(lab.settings);
  }
}

function done<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Halted(answer.detail);
  return answer.body;
}
