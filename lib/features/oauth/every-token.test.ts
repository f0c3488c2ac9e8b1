import { afterAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { minute } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { decodeToken } from "../../http/request/address.ts";
import { changedSpellings } from "../../testing/changed-spellings.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";
import { watchExchanges } from "../../testing/watch-exchanges.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);

/** Each variant, as a browser holds its credentials; and again as a native client does, where it has one. */
const logins = variants.flatMap((variant): (readonly [string, Login])[] => [
  [variant.id, { variant, client: "browser" }],
  ...(variant.native ? [[`${variant.id}, native`, { variant, client: "native" }] as const] : []),
]);

type Login = { readonly variant: Variant; readonly client: "browser" | "native" };
type Kind = "access" | "refresh";

/** A login, and what its client holds after it, by kind. */
async function logIn({ variant, client }: Login) {
  const visitor = await enterLab(app);
  const fields = client === "native" ? { client } : {};
  expect((await visitor.logIn(variant.id, fields)).status).toBe(200);
  const held = (["access", "refresh"] as const).flatMap((kind): { kind: Kind; credential: string }[] => {
    const credential = heldBy(visitor, variant, kind);
    return credential ? [{ kind, credential }] : [];
  });
  expect(held.length).toBeGreaterThan(0);
  return { visitor, held, ...(await programOf(visitor)) };
}

function heldBy(visitor: Visitor, variant: Variant, kind: Kind): string | undefined {
  const holding = holdingOf(variant, kind);
  const cookie = holding?.travels === "cookie" ? visitor.cookies.get(holding.cookie) : undefined;
  return cookie ?? (kind === "access" ? visitor.accessToken : visitor.refreshToken) ?? undefined;
}

/** The lab's own client, as a program that holds nothing but the token. */
async function programOf(visitor: Visitor) {
  const { issuer, clientId, clientSecret } = Object((await visitor.get("/api/lab")).body["oauth"]);
  const ask = async (path: string, token: string) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const body = new URLSearchParams({ token });
    const response = await app.dispatch(new Request(`${issuer}/oauth/${path}`, { method: "POST", headers, body }));
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : Object(JSON.parse(text)) };
  };
  return {
    issuer,
    introspect: async (token: string) => (await ask("introspect", token)).body,
    revoke: async (token: string) => ask("revoke", token),
  };
}

/** Decision 14: a session id is introspected only where this lab is the session service; a state in a cookie never. */
function isToken({ settings }: Variant, kind: Kind, credential: string): boolean {
  return kind === "refresh" || decodeToken(credential) !== null || settings.proof === "id-introspected";
}

/** Does the application still let this credential in, from a client that holds nothing else? */
async function getsIn(visitor: Visitor, { variant, client }: Login, kind: Kind, credential: string): Promise<boolean> {
  const alone = visitor.another();
  const holding = holdingOf(variant, kind);
  if (holding?.travels === "cookie" && client === "browser") alone.cookies.set(holding.cookie, credential);
  else if (kind === "access") alone.accessToken = credential;
  else alone.refreshToken = credential;
  const flow = flowOf(variant.id);
  const reply = kind === "access" ? await alone.get(`/api/${flow}/me`) : await alone.post(`/api/${flow}/refresh`);
  return reply.status === 200;
}

describe("introspection", () => {
  test.for(logins)(
    "[RFC 7662 2.2] %s: each JWT and each token that renews is active as what it is, wherever it is kept, and no other credential is",
    async ([, login]) => {
      const { held, introspect, issuer } = await logIn(login);
      const inCookie = login.client === "browser" && holdingOf(login.variant, "access")?.travels === "cookie";
      for (const { kind, credential } of held) {
        const told = await introspect(credential);
        expect([kind, told.active]).toEqual([kind, isToken(login.variant, kind, credential)]);
        if (told.active) expect(told).toMatchObject({ iss: issuer, username: "alice" });
        const payload = decodeToken(credential)?.payload;
        if (!payload) continue;
        const { sub, iat, jti } = payload;
        expect(told).toMatchObject({ sub, iat, jti });
        expect(told.exp).toBeLessThanOrEqual(Number(payload["exp"]));
        // Bearer where it travels in a header (RFC 6750 §2.1).
        expect(told.token_type).toBe(inCookie ? undefined : "Bearer");
      }
    },
  );

  test.for(logins)(
    "%s: asking about a token of a login that is bound to its client is no use by another client",
    async ([, login]) => {
      const visitor = await enterLab(app);
      const binding = { userAgent: "enforce", ip: "enforce" };
      await visitor.send("PATCH", "/api/lab/settings", { body: { binding } });
      const bound = await visitor.send("POST", `/api/${flowOf(login.variant.id)}/login`, {
        headers: { "user-agent": "the client's own" },
        body: {
          ...{ username: "alice", password: "alice-likes-tea", variant: login.variant.id },
          ...(login.client === "native" && { client: "native" }),
        },
      });
      expect(bound.status).toBe(200);
      const { introspect } = await programOf(visitor);
      for (const kind of ["access", "refresh"] as const) {
        const credential = heldBy(visitor, login.variant, kind);
        if (!credential) continue;
        expect([kind, (await introspect(credential)).active]).toEqual([kind, isToken(login.variant, kind, credential)]);
      }
    },
  );

  test("asking about a token moves no end on: hybrid/bearer-or-session, native", async () => {
    const variant = variants.find(({ id }) => id === "hybrid/bearer-or-session");
    if (!variant) throw new Error("There is no such variant");
    const { visitor, held, introspect } = await logIn({ variant, client: "native" });
    const token = held[0]?.credential ?? "";
    const { exp } = await introspect(token);
    await visitor.post("/api/lab/clock", { advanceSeconds: (20 * minute) / 1000 });
    expect((await introspect(token)).exp).toBe(exp);
    await visitor.post("/api/lab/clock", { advanceSeconds: (10 * minute) / 1000 });
    expect(await introspect(token)).toEqual({ active: false });
  });
});

describe("revocation", () => {
  test.for(logins)(
    "[RFC 7009 2.2.1] %s: a credential is refused afterwards exactly if the answer says that it was revoked, and otherwise nothing is ended",
    async ([, login]) => {
      for (const which of ["access", "refresh"] as const) {
        const { visitor, held, revoke } = await logIn(login);
        const shown = held.find(({ kind }) => kind === which);
        if (!shown) continue;
        const { status, body } = await revoke(shown.credential);
        if (status !== 200) expect([status, body.error]).toEqual([400, "unsupported_token_type"]);
        expect([which, await getsIn(visitor, login, which, shown.credential)]).toEqual([which, status !== 200]);
        if (status === 200) continue;
        for (const { kind, credential } of held) {
          expect([kind, await getsIn(visitor, login, kind, credential)]).toEqual([kind, true]);
        }
      }
    },
  );

  test.for(["hybrid/allowlist", "hybrid/bearer-or-session", "hybrid/short-jwt"] as const)(
    "[RFC 7009 2.2] %s: the token with a record of its own is ended, and ended again with 200",
    async (id) => {
      const variant = variants.find((each) => each.id === id);
      if (!variant) throw new Error("There is no such variant");
      const { held, introspect, revoke } = await logIn({ variant, client: variant.native ? "native" : "browser" });
      const token = held.at(-1)?.credential ?? "";
      expect((await introspect(token)).active).toBe(true);
      expect((await revoke(token)).status).toBe(200);
      expect(await introspect(token)).toEqual({ active: false });
      expect((await revoke(token)).status).toBe(200);
    },
  );
});

describe("hybrid/gateway: its token for a service inside", () => {
  /** The lab's own record of exchanges tells it; no answer does. */
  async function calledInside() {
    const visitor = await enterLab(app);
    await visitor.logIn("hybrid/gateway");
    const watching = await watchExchanges(app, visitor);
    expect((await visitor.get("/api/hybrid/orders")).status).toBe(200);
    const inner = (await watching.seen()).find(({ request }) => request.path === "/api/services/orders");
    const [, value = ""] = inner?.request.headers.find(([name]) => name === "authorization") ?? [];
    return { visitor, token: value.replace("Bearer ", ""), ...(await programOf(visitor)) };
  }

  test("[RFC 7662 2.2] introspects as its service's, with the person's id and no more, to the end of its minute", async () => {
    const { visitor, token, issuer, introspect } = await calledInside();
    const { sub, iat, exp, jti } = Object(decodeToken(token)?.payload);
    const told = await introspect(token);
    const client_id = told.client_id;
    const common = { active: true, token_type: "Bearer", iss: issuer, client_id };
    expect(told).toEqual({ ...common, aud: "orders", sub, iat, exp, jti });
    const foreign = await programOf(await enterLab(app));
    expect(await foreign.introspect(token)).toEqual({ active: false });
    await visitor.another().post("/api/lab/clock", { advanceSeconds: 60 });
    expect(await introspect(token)).toEqual({ active: false });
  });

  test("[RFC 7009 2.2.1] cannot be revoked, and the answer says so while it lives", async () => {
    const { visitor, token, introspect, revoke } = await calledInside();
    expect(await revoke(token)).toMatchObject({ status: 400, body: { error: "unsupported_token_type" } });
    expect((await introspect(token)).active).toBe(true);
    for (const changed of changedSpellings(token).slice(0, 6)) {
      expect([changed, (await revoke(changed)).status]).toEqual([changed, 200]);
    }
    await visitor.another().post("/api/lab/clock", { advanceSeconds: 60 });
    expect((await revoke(token)).status).toBe(200);
  });
});
