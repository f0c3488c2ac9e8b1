import { afterAll, describe, expect, test, vi } from "vitest";
import { headerDecides } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { day, minute } from "../../core/time.ts";
import { flows, variants } from "../../flows/registry.ts";
import type { LabView } from "../../lab/lab-view.ts";
import { dumpDatabase } from "../../testing/dump-database.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const labIdOf = ({ cookies }: Visitor) => app.labContexts.labIdOf(cookies.get("__Host-lab") ?? "");

/** One visitor with every flow's default login at once. */
async function loggedInEverywhere(): Promise<Visitor> {
  const visitor = await enterLab(app);
  for (const { manifest } of flows) expect((await visitor.logIn(manifest.defaults.lab)).status).toBe(200);
  return visitor;
}

describe("GET /api/lab", () => {
  test("answers a new visitor with the people, the variants, and no credential", async () => {
    const visitor = await enterLab(app);
    const { status, body } = await visitor.get("/api/lab");
    const person = (username: string, displayName: string, role: string) => {
      return { id: expect.any(String), username, displayName, role, disabled: false, password: expect.any(String) };
    };
    const nobody = { accepted: false, code: "NO_CREDENTIAL" };
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lab: { id: labIdOf(visitor), madeAt: iso, expiresAt: iso },
      clock: { now: iso, systemNow: iso, offsetSeconds: 0 },
      people: [person("alice", "Alice", "user"), person("bob", "Bob", "user"), person("admin", "Admin", "admin")],
      variants: variants.map(({ id, title, safety }) => ({ id, title, safety, flow: flowOf(id) })),
      settings: {
        defaults: Object.fromEntries(flows.map(({ manifest }) => [manifest.id, manifest.defaults.lab])),
        enabled: flows.map(({ manifest }) => manifest.defaults.lab),
      },
      oauth: {
        issuer: `${app.env.origin}/api/labs/${labIdOf(visitor)}`,
        clientId: expect.stringMatching(/^[0-9a-f]{20}$/),
        clientSecret: expect.stringMatching(/^[\w-]{43}$/),
      },
      held: Object.fromEntries(flows.map(({ manifest }) => [manifest.id, { login: nobody, credentials: [] }])),
    });
    expect(Object.keys(body).sort()).toEqual([
      "clock",
      "held",
      "lab",
      "oauth",
      "people",
      "settings",
      "variants",
      "weaknesses",
    ]);
  });

  test("answers a logged-in visitor with the request's credentials and whether they get in", async () => {
    const visitor = await loggedInEverywhere();
    const { held } = (await visitor.get("/api/lab")).body;
    for (const { manifest } of flows) {
      const login = {
        accepted: true,
        variant: manifest.defaults.lab,
        issuedAt: iso,
        expiresAt: iso,
        ends: expect.any(Object),
      };
      const [cookie] = manifest.cookies;
      const value = visitor.cookies.get(cookie.name);
      const credentials = expect.arrayContaining([expect.objectContaining({ name: cookie.name, value })]);
      expect(held).toMatchObject({ [manifest.id]: { login, credentials } });
    }
  });

  test("shows a lab to its own visitors only", async () => {
    const visitor = await loggedInEverywhere();
    const stranger = await enterLab(app);
    expect((await stranger.get("/api/lab")).text).not.toContain(labIdOf(visitor));
    const both = createVisitor(app, [...visitor.cookies, ["__Host-lab", stranger.cookies.get("__Host-lab") ?? ""]]);
    const { lab, held } = (await both.get("/api/lab")).body;
    expect(lab).toMatchObject({ id: labIdOf(stranger) });
    const refused = { login: { accepted: false, code: "INVALID_CREDENTIAL" } };
    expect(held).toMatchObject({ cookie: refused, hybrid: refused, "server-session": { ...refused, records: [] } });
  });
});

describe("where GET /api/lab says that a record stands", () => {
  type Place = { readonly kind: string; readonly name: string; readonly expiresInSeconds: number | null };
  async function placeOf(variant: `${string}/${string}`): Promise<Place | undefined> {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    const held = (await visitor.get("/api/lab")).body["held"] as Record<string, { records: { place: Place }[] }>;
    return held[flowOf(variant)]?.records[0]?.place;
  }

  test("is a key of Redis, which Redis deletes after the record's absolute end", async () => {
    const place = await placeOf("server-session/redis");
    expect(place).toMatchObject({
      kind: "key",
      name: expect.stringMatching(/^loginscope:\{.*:server-session:record:/),
    });
    expect(place?.expiresInSeconds).toBeGreaterThan(8 * 3600);
    expect(place?.expiresInSeconds).toBeLessThanOrEqual(9 * 3600);
  });

  test.for([
    ["server-session/sql", "row", /^LoginRecord /],
    ["server-session/cached", "row", /^LoginRecord /],
    ["server-session/file", "file", /~server-session\.json$/],
    ["server-session/memory", "memory", /./],
    ["hybrid/allowlist", "row", /^LoginRecord /],
    ["memory-jwt/rotating", "row", /^RefreshFamily /],
  ] as const)("of %s is a %s, by its name", async ([variant, kind, name]) => {
    const place = { kind, name: expect.stringMatching(name), expiresInSeconds: null };
    expect(await placeOf(variant)).toEqual(place);
  });
});

describe("what GET /api/lab reads in a credential", () => {
  const login = "__Host-login";
  const shown = async (visitor: Visitor) => {
    const { held } = (await visitor.get("/api/lab")).body;
    return (held as LabView["held"])["cookie"]?.credentials[0];
  };
  const rewritten = (visitor: Visitor, change: (state: string) => string) => {
    const value = decodeURIComponent(visitor.cookies.get(login) ?? "");
    visitor.cookies.set(login, encodeURIComponent(change(value)));
  };
  const enter = async (variant: VariantId) => {
    const visitor = await enterLab(app);
    expect((await visitor.logIn(variant)).status).toBe(200);
    return visitor;
  };

  test("of a signed cookie: the readable content, and each step of decoding it", async () => {
    const credential = await shown(await enter("cookie/signed"));
    expect(credential?.decoded).toMatchObject({
      encoding: "signed",
      payload: { user: { username: "alice", role: "user" } },
    });
    const steps = credential?.decoded?.steps ?? [];
    expect(steps.map(({ step }) => step)).toEqual(["split", "base64url", "key", "signature", "decompress", "parse"]);
    expect(steps.every(({ ok }) => ok)).toBe(true);
    const making = credential?.decoded?.making ?? [];
    expect(making.map(({ step }) => step)).toEqual(["serialise", "compress", "base64url", "HMAC", "join"]);
    expect(JSON.parse(making[0]?.value ?? "")).toEqual(credential?.decoded?.payload);
  });

  test("of a changed signed cookie: the step that refuses it, and no unverified content", async () => {
    const visitor = await enter("cookie/signed");
    rewritten(visitor, (value) => value.replace(/.$/, (last) => (last === "A" ? "E" : "A")));
    const { decoded } = (await shown(visitor)) ?? {};
    expect(decoded).toMatchObject({ encoding: "signed", payload: null, making: [] });
    expect(decoded?.steps.at(-1)).toMatchObject({ step: "signature", ok: false });
  });

  test("of a plain cookie: all of it, and its size in a request", async () => {
    const visitor = await enter("cookie/plain");
    const credential = await shown(visitor);
    expect(credential?.decoded).toMatchObject({ encoding: "plain", payload: { user: "alice" } });
    const { making = [] } = credential?.decoded ?? {};
    expect(making.map(({ step }) => step)).toEqual(["serialise", "join"]);
    expect(JSON.stringify(making)).not.toContain("alice");
    expect(credential?.bytes).toBe(`${login}=${visitor.cookies.get(login)}`.length);
  });

  test("of a sealed cookie, or one of another lab: no content", async () => {
    expect((await shown(await enter("cookie/sealed")))?.decoded).toBe(null);
    const stranger = await enterLab(app);
    stranger.cookies.set(login, (await enter("cookie/plain")).cookies.get(login) ?? "");
    expect((await shown(stranger))?.decoded).toBe(null);
  });

  test("of sensitive data that anyone can read: a warning", async () => {
    const visitor = await enter("cookie/plain");
    expect((await shown(visitor))?.warnings).toEqual([]);
    const more = '"mail":"alice@example.com","password":"tea","card":"4111 1111 1111 1111",';
    rewritten(visitor, (value) => value.replace("{", `{${more}`));
    expect((await shown(visitor))?.warnings).toEqual([
      "mail has an e-mail address in it.",
      "password looks like a password.",
      "card has a card number in it.",
    ]);
  });

  test("of each variant's credential: no warning, since it carries no sensitive data", async () => {
    for (const { id } of variants) {
      const visitor = await enter(id);
      const { held } = (await visitor.get("/api/lab")).body;
      const credentials = Object.values(held as LabView["held"]).flatMap((each) => each.credentials);
      expect([id, credentials.length > 0, credentials.flatMap(({ warnings }) => warnings)]).toEqual([id, true, []]);
    }
  });
});

/** Where a header decides alone, a page sends none for another flow. */
const decidesAlone = (pattern: string) =>
  flows.some(({ manifest }: FlowModule) => pattern.startsWith(`${manifest.id}/`) && headerDecides(manifest));

/** What this visitor's page sends to a flow. */
function asIn(visitor: Visitor, flow: string): Visitor {
  const copy = visitor.copy();
  if (decidesAlone(`${flow}/`)) copy.accessToken = null;
  return copy;
}

describe("[ASVS 3.5.3] GET and HEAD", () => {
  const gets = [...app.table].filter(([, endpoint]) => endpoint.GET).map(([pattern]) => pattern);

  test.for(gets)("%s changes nothing on the server", async (pattern) => {
    const visitor = await loggedInEverywhere();
    const before = await dumpDatabase(app);
    for (const method of ["GET", "HEAD"]) {
      const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, ...(decidesAlone(pattern) ? {} : { authorization: `Bearer ${visitor.accessToken}` }) };
      const named = pattern.replace(":id", labIdOf(visitor)).replace(":flow/:variant", "cookie/sealed");
      const path = `/api/${named}?scope=all&role=admin`;
      const response = await app.dispatch(new Request(`${app.env.origin}${path}`, { method, headers }));
      // Some want no query, an admin or a payment session, and say so; and no credential of a visitor's is for the service
      // behind the gateway.
      expect([200, 401, 403, 405, 422]).toContain(response.status);
      await response.body?.cancel();
    }
    expect(await dumpDatabase(app)).toEqual(before);
  });

  test("GET /api/lab extends no login, long after the last request", async () => {
    const visitor = await loggedInEverywhere();
    await visitor.post("/api/lab/clock", { advanceSeconds: 600 });
    const before = await dumpDatabase(app);
    expect((await visitor.get("/api/lab")).setCookies).toEqual([]);
    expect(await dumpDatabase(app)).toEqual(before);
    // As a control: a request that counts as use does.
    expect((await visitor.get("/api/server-session/me")).status).toBe(200);
    expect(await dumpDatabase(app)).not.toEqual(before);
  });
});

describe("the lab's clock", () => {
  test("moves forward, and the answer has the new time", async () => {
    const visitor = await enterLab(app);
    const reply = await visitor.post("/api/lab/clock", { advanceSeconds: 60 });
    expect([reply.status, reply.body]).toEqual([200, { now: iso, offsetSeconds: 60 }]);
    expect((await visitor.post("/api/lab/clock", { advanceSeconds: 30 })).body).toMatchObject({ offsetSeconds: 90 });
  });

  test.for([0, -60, 1.5, "60", null, 400 * 24 * 3600 + 1, 1e300])("refuses to move by %j", async (advanceSeconds) => {
    const visitor = await enterLab(app);
    const reply = await visitor.post("/api/lab/clock", { advanceSeconds });
    expect([reply.status, reply.body["detail"]]).toEqual([422, expect.stringMatching(/^advanceSeconds: /)]);
    expect((await visitor.get("/api/lab")).body).toMatchObject({ clock: { offsetSeconds: 0 } });
  });

  test("moves at most 400 days in all", async () => {
    const visitor = await enterLab(app);
    const bound = (400 * day) / 1000;
    expect((await visitor.post("/api/lab/clock", { advanceSeconds: bound })).status).toBe(200);
    const reply = await visitor.post("/api/lab/clock", { advanceSeconds: 1 });
    expect([reply.code, reply.body["detail"]]).toEqual(["UNPROCESSABLE", expect.stringContaining("400 days")]);
  });
});

test("rotated keys end credentials at once, and with overlap at the next rotation without", async () => {
  const visitor = await loggedInEverywhere();
  const signed = ["cookie", "memory-jwt", "hybrid"];
  const codes = () => Promise.all(signed.map(async (flow) => (await asIn(visitor, flow).get(`/api/${flow}/me`)).code));
  const rotate = (overlap: boolean) => visitor.post("/api/lab/keys/rotate", { overlap });
  expect((await rotate(true)).body).toEqual({ generation: 2, accepted: [1, 2] });
  expect(await codes()).toEqual([null, null, null]);
  expect((await rotate(false)).body).toEqual({ generation: 3, accepted: [3] });
  expect(await codes()).toEqual(signed.map(() => "INVALID_CREDENTIAL"));
  expect((await visitor.get("/api/server-session/me")).status).toBe(200);
});

test("[ASVS 14.3.1] reset empties this browser and this lab, of every flow, and leaves other labs alone", async () => {
  const [visitor, neighbour] = [await loggedInEverywhere(), await loggedInEverywhere()];
  const copy = visitor.copy();
  const reply = await visitor.post("/api/lab/reset");
  expect([reply.status, reply.text]).toEqual([204, ""]);
  expect(reply.headers.get("clear-site-data")).toBe('"cookies", "storage"');
  expect(reply.setCookies).toEqual([
    expect.stringMatching(/^__Host-lab=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=None$/),
  ]);
  for (const { manifest } of flows) {
    expect([manifest.id, (await copy.get(`/api/${manifest.id}/me`)).code]).toEqual([manifest.id, "INVALID_CREDENTIAL"]);
    expect((await asIn(neighbour, manifest.id).get(`/api/${manifest.id}/me`)).status).toBe(200);
  }
});

describe("an experiment", () => {
  test("streams its steps and then the verdict, a line of JSON each", async () => {
    const cookie = [...(await enterLab(app)).cookies].map((pair) => pair.join("=")).join("; ");
    const headers = { cookie, "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ variants: ["server-session/sql"] }) };
    const response = await app.dispatch(new Request(`${app.env.origin}/api/lab/experiments/replay-after-logout`, init));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/x-ndjson"]);
    const lines = (await response.text())
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const verdict = { type: "verdict", variant: "server-session/sql", experiment: "replay-after-logout", holds: true };
    expect(lines.at(-1)).toMatchObject(verdict);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(0, -1)) {
      expect(line).toMatchObject({ type: "step", variant: "server-session/sql", actor: expect.any(String) });
    }
  });

  test("that is unknown is NOT_FOUND; an unknown variant, or none, is UNPROCESSABLE", async () => {
    const visitor = await enterLab(app);
    const play = (id: string, wanted: unknown) => visitor.post(`/api/lab/experiments/${id}`, { variants: wanted });
    expect((await play("nonesuch", ["cookie/sealed"])).code).toBe("NOT_FOUND");
    for (const wanted of [["cookie/nonesuch"], ["cookie"], [], "cookie/sealed", [7]]) {
      expect([wanted, (await play("replay-after-logout", wanted)).code]).toEqual([wanted, "UNPROCESSABLE"]);
    }
  });
});

describe("labs/<id>/jwks", () => {
  test("answers the public halves of this lab's signing keys", async () => {
    const visitor = await loggedInEverywhere();
    const { status, body } = await createVisitor(app).get(`/api/labs/${labIdOf(visitor)}/jwks`);
    const header: unknown = JSON.parse(atob(visitor.accessToken?.split(".")[0] ?? ""));
    const keys = [
      { kty: "OKP", crv: "Ed25519", x: expect.any(String), kid: expect.any(String), alg: "EdDSA", use: "sig" },
    ];
    expect([status, body]).toEqual([200, { keys }]);
    expect(body["keys"]).toMatchObject([{ kid: Reflect.get(Object(header), "kid") }]);
  });

  test("[RFC 8725 3.1] has the key of memory-jwt/es256 once it is in use, and of memory-jwt/hs256 never the secret, which both signs and verifies", async () => {
    const visitor = await enterLab(app);
    const kids = async () => {
      const { body, text } = await createVisitor(app).get(`/api/labs/${labIdOf(visitor)}/jwks`);
      expect(text).not.toMatch(/"(d|k)":|"oct"|HS256/);
      return Array.isArray(body["keys"]) ? body["keys"].map(({ kid }) => String(kid).replace(/-[0-9a-f]{8}$/, "")) : [];
    };
    expect(await kids()).toEqual(["ed25519-1"]);
    await visitor.logIn("memory-jwt/hs256");
    expect(await kids()).toEqual(["ed25519-1"]);
    await visitor.logIn("memory-jwt/es256");
    expect(await kids()).toEqual(["ed25519-1", "es256-1"]);
    await visitor.post("/api/lab/keys/rotate", { overlap: true });
    expect(await kids()).toEqual(["ed25519-2", "ed25519-1", "es256-2", "es256-1"]);
  });

  test("of an unknown or deleted lab is NOT_FOUND", async () => {
    const visitor = await enterLab(app);
    await visitor.post("/api/lab/reset");
    for (const id of [labIdOf(visitor), "nonesuch", "%00", "..%2f.."]) {
      expect([id, (await createVisitor(app).get(`/api/labs/${id}/jwks`)).code]).toEqual([id, "NOT_FOUND"]);
    }
    const neighbour = await enterLab(app);
    const later = app.systemClock.now() + day + minute;
    vi.spyOn(app.systemClock, "now").mockReturnValue(later);
    expect((await createVisitor(app).get(`/api/labs/${labIdOf(neighbour)}/jwks`)).code).toBe("NOT_FOUND");
  });
});

test("health answers 200 with the state of the stores, and 503 if one is down", async () => {
  const visitor = createVisitor(app);
  const up = await visitor.get("/api/health");
  expect([up.status, up.body, up.setCookies]).toEqual([200, { status: "ok", database: "up", redis: "up" }, []]);
  vi.spyOn(app.database.client, "$queryRaw").mockRejectedValue(new Error("gone"));
  const down = await visitor.get("/api/health");
  expect([down.status, down.body]).toEqual([503, { status: "down", database: "down", redis: "up" }]);
});
