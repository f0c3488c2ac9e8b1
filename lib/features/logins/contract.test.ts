import { afterAll, describe, expect, test } from "vitest";
import {
  type CredentialKind,
  cookieSpec,
  cookiesOf,
  holdingOf,
  provesByHeader,
  takesBearer,
} from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { refusals } from "../../core/refusal.ts";
import { traitsOf } from "../../core/token-storage.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, credentialCookies, enterLab, type Reply, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const alice = { id: expect.any(String), username: "alice", displayName: "Alice", role: "user" };

/** The line that sets a flow's cookie. */
const setting = (reply: Reply, name: string) => reply.setCookies.find((line) => line.startsWith(`${name}=`));

/** A visitor of a new lab who logged in. */
async function loggedIn(variant: `${string}/${string}`, fields = {}): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant, fields)).status).toBe(200);
  return visitor;
}

for (const { manifest } of modules) {
  const api = `/api/${manifest.id}`;
  const bearer = takesBearer(manifest);
  const [cookie] = cookiesOf(manifest, "access");
  const challenge = bearer ? /^Bearer realm="loginscope"/ : new RegExp(`^Cookie .*cookie-name="${cookie}"$`);

  for (const variant of manifest.variants) {
    const { id, cannot, settings, holds } = variant;
    const cookies = credentialCookies(variant);
    const refreshInBody = holdingOf(variant, "refresh")?.travels === "body";
    const tokens = {
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: settings.lifetimes.access / 1000,
    };
    const granted = {
      ...{ user: alice, flow: manifest.id, variant: id, expiresAt: iso },
      ...(provesByHeader(variant) && tokens),
      ...(refreshInBody && { refresh_token: expect.any(String) }),
    };

    describe(id, () => {
      const byCookieAlone = holds.every(({ travels }) => travels === "cookie") ? "" : ": cannot";
      test(`[ASVS 3.3.4${byCookieAlone}] [ASVS 6.3.3: cannot] login by a password alone answers person, variant and end, and has tokens only if the client keeps them`, async () => {
        const reply = await (await enterLab(app)).logIn(id);
        expect(reply.status).toBe(200);
        expect(reply.body).toEqual(granted);
      });

      test("a credential in a cookie is set with the manifest's attributes, and is in no body", async () => {
        const reply = await (await enterLab(app)).logIn(id);
        expect(reply.setCookies).toHaveLength(cookies.length);
        for (const name of cookies) {
          const { path, sameSite } = cookieSpec(manifest, name);
          const [pair = "", ...attributes] = setting(reply, name)?.split("; ") ?? [];
          const site = String(sameSite).replace(/^./, (first) => first.toUpperCase());
          const { inCookie, readable } = traitsOf(settings.storage);
          const bare = inCookie && readable && cookiesOf(manifest, "access").includes(name);
          const expected = [...(bare ? [] : ["HttpOnly"]), `Path=${path}`, `SameSite=${site}`, "Secure"];
          expect(attributes.sort()).toEqual(expected);
          expect(reply.text).not.toContain(pair.slice(name.length + 1));
        }
      });

      test("remembering sets Max-Age to the absolute end, never Expires", async () => {
        const reply = await (await enterLab(app)).logIn(id, { remember: true });
        for (const name of cookies) {
          const line = setting(reply, name) ?? "";
          const maxAge = Number(/; Max-Age=(\d+);/.exec(line)?.[1]);
          expect(maxAge).toBeGreaterThan(settings.lifetimes.absolute / 1000);
          expect(maxAge).toBeLessThanOrEqual(settings.lifetimes.remembered / 1000);
          expect(line).not.toMatch(/expires/i);
        }
      });

      test("login takes the variant by its name alone", async () => {
        const reply = await (await enterLab(app)).logIn(id, { variant: id.split("/")[1] });
        expect(reply.body["variant"]).toBe(id);
      });

      test("me answers the person, the time of issue and the end", async () => {
        const visitor = await loggedIn(id);
        const { status, body } = await visitor.get(`${api}/me`);
        expect(status).toBe(200);
        expect(body).toEqual({ user: alice, flow: manifest.id, variant: id, issuedAt: iso, expiresAt: iso });
      });

      test("refresh gives new tokens, or says why this flow has none", async () => {
        const visitor = await loggedIn(id);
        const before = visitor.copy();
        const reply = await visitor.post(`${api}/refresh`);
        if (cannot.refresh) return expectNotSupported(reply, cannot.refresh);
        expect(reply.status).toBe(200);
        expect(reply.body).toEqual(granted);
        if (provesByHeader(variant)) expect(visitor.accessToken).not.toBe(before.accessToken);
        if (refreshInBody) expect(visitor.refreshToken).not.toBe(before.refreshToken);
        // An id that is not rotated stays the same. Its variant claims what that means for a copy.
        const stays = variant.claims["refresh-replay"]?.some(({ outcome }) => outcome === "exposed");
        const renewed = cookies.filter((name) => !stays || name !== holdingCookie(variant, "refresh"));
        for (const name of renewed) expect(visitor.cookies.get(name)).not.toBe(before.cookies.get(name));
      });

      test("logout answers 204 without a body and expires this flow's cookies", async () => {
        const visitor = await loggedIn(id);
        const reply = await visitor.post(`${api}/logout`);
        expect([reply.status, reply.text]).toEqual([204, ""]);
        for (const name of cookies) {
          expect(setting(reply, name)).toMatch(new RegExp(`^${name}=; Max-Age=0;`));
          expect(visitor.cookies.has(name)).toBe(false);
        }
      });

      test("[ASVS 16.3.1] a login, a refused login and a logout are logged with person and address", async () => {
        const visitor = await loggedIn(id);
        await visitor.post(`${api}/logout`);
        await visitor.logIn(id, { password: "wrong" });
        const { body } = await visitor.get("/api/audit");
        const about = { flow: manifest.id, variant: id, ip: expect.any(String) };
        expect(body["events"]).toMatchObject([
          { type: "login-refused", detail: "BAD_CREDENTIALS", ...about },
          { type: "logged-out", user: "alice", ...about },
          { type: "logged-in", user: "alice", ...about },
        ]);
      });

      test("logout with the credential of a reset lab expires the cookie and answers 204", async () => {
        const visitor = await loggedIn(id);
        const copy = visitor.copy();
        await visitor.post("/api/lab/reset");
        const reply = await copy.post(`${api}/logout`);
        expect(reply.status).toBe(204);
        for (const name of cookies) expect(copy.cookies.has(name)).toBe(false);
      });

      test(`[ASVS 7.5.2${cannot.list ? ": cannot" : ""}] sessions lists the logins and marks the one that asks, or says why there is no list`, async () => {
        const visitor = await loggedIn(id);
        await visitor.another().logIn(id);
        const reply = await visitor.get(`${api}/sessions`);
        if (cannot.list) return expectNotSupported(reply, cannot.list);
        const one = { id: expect.any(String), createdAt: iso, lastSeenAt: iso, expiresAt: iso };
        const from = { device: expect.any(String), ip: expect.any(String) };
        expect(reply.status).toBe(200);
        expect(reply.body).toEqual({
          sessions: expect.arrayContaining([
            { ...one, ...from, current: true },
            { ...one, ...from, current: false },
          ]),
        });
        expect(sessionsOf(reply)).toHaveLength(2);
      });

      test("revoke all answers how many logins it ended, or why the flow cannot", async () => {
        const visitor = await loggedIn(id);
        const reply = await visitor.post(`${api}/revoke`, { scope: "all" });
        if (cannot.revoke) return expectNotSupported(reply, cannot.revoke);
        expect([reply.status, reply.body]).toEqual([200, { revoked: 1 }]);
      });

      test("revoke ends the other logins, or one by its id, or says why the flow cannot", async () => {
        const visitor = await loggedIn(id);
        const reply = await visitor.post(`${api}/revoke`, { scope: "others" });
        const why = cannot.revoke ?? cannot.revokeOne;
        if (why) return expectNotSupported(reply, why);
        expect(reply.body).toEqual({ revoked: 0 });

        const other = visitor.another();
        await other.logIn(id);
        const theirs = sessionsOf(await other.get(`${api}/sessions`)).find(({ current }) => current)?.id;
        expect((await visitor.post(`${api}/revoke`, { session: theirs })).body).toEqual({ revoked: 1 });
        expect(sessionsOf(await visitor.get(`${api}/sessions`)).map(({ current }) => current)).toEqual([true]);
        expect((await visitor.post(`${api}/revoke`, { session: theirs })).body).toEqual({ revoked: 0 });
      });

      test("a wrong password is BAD_CREDENTIALS with a challenge, and sets no cookie", async () => {
        const reply = await (await enterLab(app)).logIn(id, { password: "not this one" });
        expect([reply.status, reply.code]).toEqual([401, "BAD_CREDENTIALS"]);
        expect(reply.headers.get("www-authenticate")).toMatch(challenge);
        expect(reply.setCookies).toEqual([]);
      });

      test("a refused login does not make this lab accept the variant", async () => {
        const visitor = await enterLab(app);
        const enabled = async () => (await visitor.get("/api/lab")).body["settings"];
        const before = await enabled();
        await visitor.logIn(id, { password: "not this one" });
        expect(await enabled()).toEqual(before);
      });
    });
  }

  describe(manifest.id, () => {
    test("a request without a credential is NO_CREDENTIAL, and a logout still answers 204", async () => {
      const visitor = await enterLab(app);
      const asked = [
        visitor.get(`${api}/me`),
        visitor.get(`${api}/sessions`),
        visitor.post(`${api}/revoke`, { scope: "all" }),
      ];
      for (const reply of await Promise.all(asked)) {
        expect([reply.status, reply.code]).toEqual([401, "NO_CREDENTIAL"]);
        expect(reply.headers.get("www-authenticate")).toMatch(challenge);
        // RFC 6750 §3.1: a request without a token is told no error code.
        expect(reply.headers.get("www-authenticate")).not.toContain("error=");
      }
      expect((await visitor.post(`${api}/logout`)).status).toBe(204);
      expect((await createVisitor(app).post(`${api}/logout`)).status).toBe(204);
    });

    test("an unknown credential is INVALID_CREDENTIAL, and invalid_token where a token is expected", async () => {
      const visitor = await enterLab(app);
      visitor.accessToken = bearer ? "garbage" : null;
      if (cookie && !bearer) visitor.cookies.set(cookie, "garbage");
      const reply = await visitor.get(`${api}/me`);
      expect([reply.status, reply.code]).toEqual([401, "INVALID_CREDENTIAL"]);
      expect(reply.headers.get("www-authenticate")).toMatch(challenge);
      if (bearer) expect(reply.headers.get("www-authenticate")).toContain('error="invalid_token"');
    });

    test("an unknown variant is refused with the names of the known ones", async () => {
      const reply = await (await enterLab(app)).logIn(`${manifest.id}/nonesuch`);
      expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
      expect(reply.body["detail"]).toMatch(/^variant: /);
      for (const { id } of manifest.variants) expect(reply.body["detail"]).toContain(id);
    });

    test("another flow's variant is refused as unknown", async () => {
      const other = modules.find((each) => each.manifest !== manifest)?.manifest.variants[0].id;
      const reply = await (await enterLab(app)).post(`${api}/login`, {
        username: "alice",
        password: "x",
        variant: other,
      });
      expect(reply.code).toBe("UNPROCESSABLE");
    });

    test("a revocation has to name scope or session, and the refusal's detail says so", async () => {
      const visitor = await enterLab(app);
      for (const body of [{}, { scope: "some" }, { session: 7 }, { scope: "all", session: "x" }]) {
        const { code, body: told } = await visitor.post(`${api}/revoke`, body);
        expect([code, told["detail"]]).toEqual(["UNPROCESSABLE", expect.stringMatching(/"scope".*"session"/)]);
      }
    });

    test("a login without a lab makes one and sets its cookie", async () => {
      const visitor = createVisitor(app);
      await visitor.logIn(manifest.defaults.lab);
      const variant = manifest.variants.find(({ id }) => id === manifest.defaults.lab) ?? manifest.variants[0];
      expect([...visitor.cookies.keys()]).toEqual(["__Host-lab", ...credentialCookies(variant)]);
      expect((await visitor.get(`${api}/me`)).status).toBe(200);
    });
  });
}

/** The reason comes from the flow's manifest; the code's own sentence would be too general. */
function expectNotSupported(reply: Reply, why: string): void {
  expect([reply.status, reply.code]).toEqual([405, "NOT_SUPPORTED"]);
  expect(reply.body["detail"]).toBe(why);
  expect(why).not.toBe(refusals.NOT_SUPPORTED.detail);
  expect(reply.headers.has("allow")).toBe(true);
}

type Session = { readonly id: string; readonly current: boolean };

function sessionsOf({ body }: Reply): readonly Session[] {
  const { sessions } = body;
  return Array.isArray(sessions) ? sessions : [];
}

function holdingCookie(variant: Variant, kind: CredentialKind): string | null {
  const holding = holdingOf(variant, kind);
  return holding?.travels === "cookie" ? holding.cookie : null;
}
