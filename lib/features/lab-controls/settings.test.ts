import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provesByHeader } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { cookiePrefixes } from "../../lab/cookies/cookie-prefix.ts";
import { usualSettings } from "../../lab/lab-settings.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ ...variant, manifest })));
const withRecords = variants.filter(({ settings }) => settings.store !== undefined);
const choose = (visitor: Visitor, change: object) => visitor.send("PATCH", "/api/lab/settings", { body: change });

/** A visitor of a new lab that chose something. */
async function enterChosen(change: object): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await choose(visitor, change)).status).toBe(200);
  return visitor;
}

describe("PATCH /api/lab/settings", () => {
  test("answers all settings; those that the body leaves out stay as they are", async () => {
    const visitor = await enterLab(app);
    expect((await choose(visitor, { parallelLogins: 2 })).body).toEqual({ ...usualSettings, parallelLogins: 2 });
    const second = await choose(visitor, { cookies: { sameSite: "none" }, binding: { ip: "warn" } });
    const third = await choose(visitor, { cookies: { path: "/api" } });
    expect(second.body).toMatchObject({ parallelLogins: 2, binding: { userAgent: "off", ip: "warn" } });
    expect(third.body["cookies"]).toEqual({ ...usualSettings.cookies, sameSite: "none", path: "/api" });
    expect((await visitor.get("/api/lab")).body["settings"]).toMatchObject(third.body);
  });

  test("resets a setting to its usual value by null", async () => {
    const visitor = await enterChosen({ parallelLogins: 1, cookies: { prefix: "" } });
    expect((await choose(visitor, { parallelLogins: null, cookies: { prefix: null } })).body).toEqual(usualSettings);
  });

  test("loses none of several changes at the same moment", async () => {
    const visitor = await enterLab(app);
    const changes = [{ parallelLogins: 3 }, { personalData: true }, { rememberedDays: 7 }, { lifetimes: "aal2" }];
    await Promise.all(changes.map((change) => choose(visitor, change)));
    expect((await visitor.get("/api/lab")).body["settings"]).toMatchObject(Object.assign({}, ...changes));
  });

  test.for([
    ["nothing at all", {}, /^body: /],
    ["an unknown setting", { speed: 9 }, /^body: /],
    ["an unknown setting beside a known one", { skewSeconds: 9, speed: 9 }, /^body: /],
    ["an unknown setting of cookies", { cookies: { path: "/api", speed: 9 } }, /^cookies: /],
    ["a cap of nobody", { parallelLogins: 0 }, /^parallelLogins: /],
    ["half a day", { rememberedDays: 0.5 }, /^rememberedDays: /],
    ["more than 400 days", { rememberedDays: 401 }, /^rememberedDays: /],
    ["an hour of skew", { skewSeconds: 3600 }, /^skewSeconds: /],
    ["an unknown strictness", { binding: { ip: "maybe" } }, /^binding\.ip: /],
    ["an unknown SameSite", { cookies: { sameSite: "Lax" } }, /^cookies\.sameSite: /],
    ["a path that is none", { cookies: { path: "api" } }, /^cookies\.path: /],
    ["a path that would end the attribute", { cookies: { path: "/; Domain=x" } }, /^cookies\.path: /],
    ["a domain that would end the attribute", { cookies: { domain: "a;b" } }, /^cookies\.domain: /],
    ["a path that our own writer refuses", { cookies: { path: "/<" } }, /^cookies\.path: /],
    ["an empty label", { cookies: { domain: "a..b" } }, /^cookies\.domain: /],
    ["a label that begins with a hyphen", { cookies: { domain: "a.-b.c" } }, /^cookies\.domain: /],
    ["a label that ends with a hyphen", { cookies: { domain: "a-.b" } }, /^cookies\.domain: /],
    ["a label of 64 letters", { cookies: { domain: `${"a".repeat(64)}.b` } }, /^cookies\.domain: /],
    ["a host name of 254 letters", { cookies: { domain: `${"a.".repeat(126)}aa` } }, /^cookies\.domain: /],
    ["a line break", { cookies: { domain: "a\r\nb" } }, /^cookies\.domain: /],
    ["an unknown prefix", { cookies: { prefix: "__Evil-" } }, /^cookies\.prefix: /],
    ["a negative age", { cookies: { maxAge: -1 } }, /^cookies\.maxAge: /],
  ] as const)("refuses %s as UNPROCESSABLE, names the field, and changes no setting", async ([, change, detail]) => {
    const visitor = await enterLab(app);
    const reply = await choose(visitor, change);
    expect([reply.code, reply.body["detail"]]).toEqual(["UNPROCESSABLE", expect.stringMatching(detail)]);
    expect((await visitor.get("/api/lab")).body["settings"]).toMatchObject(usualSettings);
  });
});

describe.for(variants)("the cookies of $id", ({ id, manifest }) => {
  const me = `/api/${flowOf(id)}/me`;
  const named = (lines: readonly string[], bare: string) => lines.find((line) => line.startsWith(`${bare}=`)) ?? "";

  test.for([
    ["SameSite=None", { sameSite: "none" }, /; SameSite=None(;|$)/],
    ["SameSite=Lax", { sameSite: "lax" }, /; SameSite=Lax(;|$)/],
    ["SameSite=Strict", { sameSite: "strict" }, /; SameSite=Strict(;|$)/],
    ["no SameSite", { sameSite: "omitted" }, /^(?!.*SameSite)/],
    ["no Secure", { secure: false }, /^(?!.*Secure)/],
    ["no HttpOnly", { httpOnly: false }, /^(?!.*HttpOnly)/],
    ["another Path", { path: "/api/there" }, /; Path=\/api\/there(;|$)/],
    ["a Domain", { domain: "login.example" }, /; Domain=login\.example(;|$)/],
    ["Partitioned", { partitioned: true }, /; Partitioned(;|$)/],
    ["seven days", { maxAge: 604_800 }, /; Max-Age=604800(;|$)/],
  ] as const)("are sent with %s when the lab chose that, and get in as before", async ([, cookies, expected]) => {
    const visitor = await enterChosen({ cookies });
    const reply = await visitor.logIn(id);
    for (const { name } of manifest.cookies) {
      const line = named(reply.setCookies, name);
      if (line) expect(line).toMatch(expected);
    }
    expect((await visitor.get(me)).status).toBe(200);
  });

  test("end with the browser when the lab chose that, also where the login is remembered", async () => {
    const visitor = await enterChosen({ cookies: { maxAge: "session" } });
    for (const line of (await visitor.logIn(id, { remember: true })).setCookies) expect(line).not.toMatch(/Max-Age/);
  });

  test.for(["", ...cookiePrefixes])(
    "carry the prefix %j when the lab chose it, and are expired under it",
    async (prefix) => {
      const visitor = await enterChosen({ cookies: { prefix } });
      await visitor.logIn(id);
      const own = [...visitor.cookies.keys()].filter((name) => name !== "__Host-lab");
      const names = manifest.cookies.map(({ name }) => prefix + name.replace("__Host-", ""));
      expect(names).toEqual(expect.arrayContaining(own));
      expect((await visitor.get(me)).status).toBe(200);
      expect((await visitor.post(`/api/${flowOf(id)}/logout`)).status).toBe(204);
      expect([...visitor.cookies.keys()]).toEqual(["__Host-lab"]);
    },
  );

  test("from before a changed setting still get in, and a logout expires them", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    await choose(visitor, { cookies: { prefix: "__Secure-" } });
    expect((await visitor.get(me)).status).toBe(200);
    await visitor.post(`/api/${flowOf(id)}/logout`);
    expect([...visitor.cookies.keys()]).toEqual(["__Host-lab"]);
  });
});

test("the lab cookie keeps its own attributes under all settings", async () => {
  const visitor = await enterChosen({ cookies: { prefix: "", path: "/x", sameSite: "strict", secure: false } });
  const stranger = createVisitor(app, [["__Host-lab", visitor.cookies.get("__Host-lab") ?? ""]]);
  await stranger.logIn("cookie/sealed");
  expect([...stranger.cookies.keys()]).toEqual(["__Host-lab", "login"]);
});

describe.for(variants)("a remembered login of $id", ({ id }) => {
  test("lasts as many days as the lab chose", async () => {
    const visitor = await enterChosen({ rememberedDays: 7 });
    const lines = (await visitor.logIn(id, { remember: true })).setCookies;
    for (const line of lines) expect(line).toMatch(/; Max-Age=(604800|604799);/);
    await visitor.post("/api/lab/clock", { advanceSeconds: 7 * 86_400 });
    const { code } = await visitor.get(`/api/${flowOf(id)}/me`);
    // A session service says of one that is over only that it is not active.
    expect(["EXPIRED", "REVOKED", "INVALID_CREDENTIAL"]).toContain(code);
  });
});

describe("a credential that carries an e-mail address and a card number", () => {
  const opaque = variants.filter((variant) => !isReadable(variant));
  const inCookies = variants.filter((variant) => isReadable(variant) && !provesByHeader(variant));
  const inHeaders = variants.filter((variant) => isReadable(variant) && provesByHeader(variant));

  test.for(opaque)("[NIST 5.1.1 opaque] of $id cannot be read, so there is no warning", lookAt);
  test.for(inCookies)("[NIST 5.1.1 opaque: cannot] of $id has a warning: anyone can read its cookie", lookAt);
  test.for(inHeaders)("of $id has a warning: anyone can read its token", lookAt);

  function isReadable({ settings }: Variant): boolean {
    const hidden = settings.encoding === "sealed" || settings.proof?.startsWith("id") || settings.id !== undefined;
    return !hidden && (settings.encoding ?? settings.algorithm) !== undefined;
  }

  async function lookAt(variant: Variant) {
    const { id } = variant;
    const visitor = await enterChosen({ personalData: true });
    await visitor.logIn(id);
    expect((await visitor.get(`/api/${flowOf(id)}/me`)).status).toBe(200);
    const warnings = await warningsOf(visitor, flowOf(id));
    if (!isReadable(variant)) return expect(warnings).toEqual([]);
    expect(warnings.join(" ")).toMatch(/e-mail address.*card number/);
  }
});

describe.for(withRecords)("$id, bound to its client", ({ id, holds, settings }) => {
  const api = `/api/${flowOf(id)}`;
  const renews = holds.some(({ credential }) => credential === "refresh");
  /** Where the record is asked. */
  const ask = (visitor: Visitor, headers: Record<string, string>) =>
    renews
      ? visitor.send("POST", `${api}/refresh`, { headers, body: bodyOf(visitor) })
      : visitor.send("GET", `${api}/me`, { headers });
  const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version";
  const safari = (version: string, of = "iPhone; CPU iPhone OS") => ({
    "user-agent": `Mozilla/5.0 (${of} ${version.replace(".", "_")} like Mac OS X) ${webkit}/${version} Mobile/15E148 Safari/604.1`,
  });
  const phone = safari("18.0");
  const elsewhere = { "x-forwarded-for": "198.51.100.9" };
  /** A session service never says why. */
  const refused = settings.proof === "id-introspected" ? "INVALID_CREDENTIAL" : "CLIENT_CHANGED";
  const logIn = async (visitor: Visitor, headers: Record<string, string>) => {
    const body = { username: "alice", password: "alice-likes-tea", variant: id };
    expect((await visitor.send("POST", `${api}/login`, { headers, body })).status).toBe(200);
  };

  test.for([
    ["userAgent", phone],
    ["ip", elsewhere],
  ] as const)(
    "by %s: another client is refused and logged once in a minute, and the login goes on",
    async ([part, headers]) => {
      const visitor = await enterChosen({ binding: { [part]: "enforce" } });
      await visitor.logIn(id);
      for (let again = 0; again < 3; again += 1) expect((await ask(visitor.copy(), headers)).code).toBe(refused);
      expect((await ask(visitor, {})).status).toBe(200);
      const named = (await eventsOf(visitor)).filter((type) => type.startsWith("client-"));
      expect(named).toEqual(["client-refused"]);
      const [alarm] = await historyOf(visitor, "client-refused");
      expect(alarm?.["alert"]).toMatch(part === "ip" ? /address was unknown\./ : /user agent was /);
      expect(part === "ip" ? alarm?.["ip"] : alarm?.["device"]).toBe(
        part === "ip" ? "198.51.100.9" : "Safari on iOS, phone",
      );
    },
  );

  test("with a warning only: another client gets in, also in the login's first minute, and is logged once", async () => {
    const visitor = await enterChosen({ binding: { userAgent: "warn" } });
    await visitor.logIn(id);
    for (let again = 0; again < 3; again += 1) {
      const copy = visitor.copy();
      expect((await ask(copy, phone)).status).toBe(200);
      if (renews) for (const [name, value] of copy.cookies) visitor.cookies.set(name, value);
      visitor.refreshToken = copy.refreshToken;
    }
    const named = (await eventsOf(visitor)).filter((type) => type.startsWith("client-"));
    expect(named).toEqual(["client-changed"]);
    expect(await historyOf(visitor, "client-changed")).toHaveLength(1);
  });

  test("by userAgent: an update of the browser or the system is the same client, and a tablet is another", async () => {
    const visitor = await enterChosen({ binding: { userAgent: "enforce" } });
    await logIn(visitor, phone);
    expect((await ask(visitor, safari("19.2"))).status).toBe(200);
    expect((await ask(visitor.copy(), safari("18.0", "iPad; CPU OS"))).code).toBe(refused);
    expect((await ask(visitor, safari("26.0"))).status).toBe(200);
  });

  test("without binding: another client gets in and is not logged", async () => {
    const visitor = await enterChosen({ lifetimes: "seconds" });
    await visitor.logIn(id);
    await visitor.post("/api/lab/clock", { advanceSeconds: 3 });
    expect((await ask(visitor, { ...phone, ...elsewhere })).status).toBe(200);
    expect((await eventsOf(visitor)).filter((type) => type.startsWith("client-"))).toEqual([]);
  });
});

test("a request from another network, in lab mode, has another address and the same client otherwise", async () => {
  const visitor = await enterChosen({ binding: { ip: "enforce" } });
  await visitor.logIn("server-session/sql");
  const headers = { "loginscope-network": "other" };
  expect((await visitor.send("GET", "/api/server-session/me", { headers })).code).toBe("CLIENT_CHANGED");
  expect((await visitor.get("/api/server-session/me")).status).toBe(200);
  const [alarm] = await historyOf(visitor, "client-refused");
  expect(alarm).toMatchObject({ ip: "198.51.100.7", alert: expect.stringContaining("A phone that changes networks") });
  const nowhere = { "loginscope-network": "elsewhere" };
  expect((await visitor.send("GET", "/api/server-session/me", { headers: nowhere })).status).toBe(200);
});

describe.for(withRecords)("[ASVS 7.1.2] [WSTG-SESS-11] a cap on parallel logins of $id", ({ id, holds, settings }) => {
  /** A session service never says why. */
  const ended = settings.proof === "id-introspected" ? "INVALID_CREDENTIAL" : "REVOKED";
  const api = `/api/${flowOf(id)}`;
  const renews = holds.some(({ credential }) => credential === "refresh");
  const ask = (visitor: Visitor) => (renews ? visitor.post(`${api}/refresh`) : visitor.get(`${api}/me`));

  test("ends the oldest login at one above the cap", async () => {
    const first = await enterChosen({ parallelLogins: 2 });
    await first.logIn(id);
    const [second, third] = [first.another(), first.another()];
    await second.logIn(id);
    await third.logIn(id);
    expect((await ask(first)).code).toBe(ended);
    expect([(await ask(second)).status, (await ask(third)).status]).toEqual([200, 200]);
    expect(await eventsOf(third)).toContain("evicted");
  });

  test("holds for logins at the same moment too, and counts a person's own only", async () => {
    const lab = await enterChosen({ parallelLogins: 3 });
    const bob = lab.another();
    await bob.logIn(id, { username: "bob", password: "bob-likes-maps" });
    const browsers = Array.from({ length: 8 }, () => lab.another());
    await Promise.all(browsers.map((browser) => browser.logIn(id)));
    const answers = await Promise.all(browsers.map(ask));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ code }) => code === ended)).toHaveLength(5);
  });
});

test.for(variants.filter(({ settings }) => settings.store === undefined))(
  "[ASVS 7.1.2: cannot] [WSTG-SESS-11: cannot] without records the logins of $id are not counted: a cap ends none",
  async ({ id }) => {
    const first = await enterChosen({ parallelLogins: 1 });
    await first.logIn(id);
    const second = first.another();
    await second.logIn(id);
    for (const each of [first, second]) expect((await each.get(`/api/${flowOf(id)}/me`)).status).toBe(200);
    expect(await eventsOf(second)).not.toContain("evicted");
  },
);

/** A page that keeps its refresh token sends it in the body. */
function bodyOf({ refreshToken }: Visitor): object | undefined {
  return refreshToken === null ? undefined : { refresh_token: refreshToken };
}

type Told = { readonly credentials: readonly { readonly warnings: readonly string[] }[] };

async function warningsOf(visitor: Visitor, flow: string): Promise<readonly string[]> {
  const held = (await visitor.get("/api/lab")).body["held"] as Readonly<Record<string, Told>>;
  return held[flow]?.credentials.flatMap(({ warnings }) => warnings) ?? [];
}

/** The entries of that kind in the person's own history. */
async function historyOf(visitor: Visitor, kind: string): Promise<readonly Record<string, unknown>[]> {
  const { logins } = (await visitor.get("/api/account/history")).body;
  return Array.isArray(logins) ? logins.filter(({ event }) => event === kind) : [];
}

async function eventsOf(visitor: Visitor): Promise<readonly string[]> {
  const admin = visitor.another();
  await admin.logIn("server-session/memory", { username: "admin", password: "admin-likes-logs" });
  const { events } = (await admin.get("/api/audit")).body;
  return Array.isArray(events) ? events.map(({ type }) => type) : [];
}
