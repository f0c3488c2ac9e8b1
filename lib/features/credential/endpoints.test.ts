import { afterAll, describe, expect, test } from "vitest";
import { cookiesOf } from "../../core/credential.ts";
import { tokenSteps } from "../../core/decoding.ts";
import { flows } from "../../flows/registry.ts";
import type { TryView } from "../../lab/lab-view.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const variants = flows.flatMap(({ manifest }) => manifest.variants.map(({ id }) => ({ flow: manifest, id })));

async function tried(visitor: Visitor, body: Readonly<Record<string, unknown>>): Promise<TryView> {
  const reply = await visitor.post("/api/lab/try", body);
  expect(reply.status).toBe(200);
  return reply.body as unknown as TryView;
}

/** The credential of a client that proves who it is. */
function credentialOf(visitor: Visitor, flow: (typeof variants)[number]["flow"]): string {
  if (visitor.accessToken !== null) return visitor.accessToken;
  const inCookie = cookiesOf(flow, "access").map((name) => visitor.cookies.get(name));
  return decodeURIComponent(inCookie.find(Boolean) ?? "");
}

function flipped(value: string): string {
  return value.replace(/.$/, (last) => (last === "A" ? "E" : "A"));
}

describe.for(variants)("a credential of $id, tried", ({ flow, id }) => {
  test("is accepted repeatedly and stays the same", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const credential = credentialOf(visitor, flow);
    // Redis counts down by itself, in real time, and a read cache counts its look-ups.
    const changing = ["expiresInSeconds", "readCache"];
    const held = async () =>
      JSON.parse(JSON.stringify((await visitor.get("/api/lab")).body["held"]), (name, value) =>
        changing.includes(name) ? undefined : value,
      );
    const before = await held();
    for (const _ of [1, 2]) {
      const answer = await tried(visitor.another(), { flow: flow.id, credential });
      expect(answer).toMatchObject({ accepted: true, code: null, at: null, user: { username: "alice" } });
      expect(answer.steps.at(-1)).toMatchObject({ actor: "flow", did: "authenticate", found: "ok" });
      expect(answer.decoded.filter(({ ok }) => !ok)).toEqual([]);
    }
    expect(await held()).toEqual(before);
  });

  test("is refused with one changed character, and the refusal names the step", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const answer = await tried(visitor, { flow: flow.id, credential: flipped(credentialOf(visitor, flow)) });
    expect(answer).toMatchObject({ accepted: false, code: "INVALID_CREDENTIAL", at: expect.any(String), user: null });
    expect(answer.steps.at(-1)?.found).toBe(`INVALID_CREDENTIAL at ${answer.at}`);
  });
});

describe("the step that refuses", () => {
  const cases = [
    ["memory-jwt/rotating", "signature"],
    ["hybrid/allowlist", "signature"],
    ["cookie/signed", "signature"],
    ["cookie/sealed", "seal"],
    ["cookie/plain", "parse"],
    ["server-session/sql", "look-up"],
  ] as const;
  test.for(cases)("of %s with another last character is %s", async ([id, step]) => {
    const flow = flows.find(({ manifest }) => manifest.id === id.split("/")[0])?.manifest;
    if (!flow) throw new Error(`There is no flow of ${id}`);
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const credential = credentialOf(visitor, flow);
    // The last bits of a signature may be spare ones, which have one spelling: so one further to the front.
    const at = credential.length - 6;
    const changed = `${credential.slice(0, at)}${credential[at] === "A" ? "B" : "A"}${credential.slice(at + 1)}`;
    expect(
      (await tried(visitor, { flow: flow.id, credential: step === "parse" ? `${credential}x` : changed })).at,
    ).toBe(step);
  });

  test("of a token is the last one in the list", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("memory-jwt/rotating");
    const [header = "", payload = "", signature = ""] = (visitor.accessToken ?? "").split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const admin = Buffer.from(JSON.stringify({ ...claims, role: "admin" })).toString("base64url");
    const { decoded, at } = await tried(visitor, {
      flow: "memory-jwt",
      credential: [header, admin, signature].join("."),
    });
    const taken = ["lab", "enabled", ...tokenSteps.slice(0, tokenSteps.indexOf("signature") + 1)];
    expect(decoded.map(({ step }) => step)).toEqual(taken);
    expect([at, decoded.at(-1)?.ok]).toEqual(["signature", false]);
  });

  test("of an ended login is the look-up", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("server-session/sql");
    const credential = visitor.cookies.get("__Host-sid");
    await visitor.post("/api/server-session/logout");
    const answer = await tried(visitor, { flow: "server-session", credential });
    expect(answer).toMatchObject({ accepted: false, code: "REVOKED", at: "ended record: logout" });
  });
});

test("a refresh token is looked at and not exchanged, however often", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("memory-jwt/rotating");
  const credential = visitor.cookies.get("__Host-refresh");
  for (const _ of [1, 2, 3])
    expect(await tried(visitor, { flow: "memory-jwt", credential, as: "refresh" })).toMatchObject({ accepted: true });
  expect((await visitor.post("/api/memory-jwt/refresh")).status).toBe(200);
  expect(await tried(visitor, { flow: "memory-jwt", credential, as: "refresh" })).toMatchObject({
    code: "REVOKED",
    at: "exchanged",
  });
  expect((await visitor.get("/api/memory-jwt/me")).status).toBe(200);
});

test("an id that renews a token is looked at and not used, however often", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("hybrid/short-jwt");
  const credential = visitor.cookies.get("__Host-renewal");
  const before = (await visitor.get("/api/lab")).body["held"];
  for (const _ of [1, 2, 3]) {
    const answer = await tried(visitor.another(), { flow: "hybrid", credential, as: "refresh" });
    expect(answer).toMatchObject({ accepted: true, user: { username: "alice" } });
  }
  expect((await visitor.get("/api/lab")).body["held"]).toEqual(before);
  await visitor.post("/api/hybrid/logout");
  const ended = await tried(visitor.another(), { flow: "hybrid", credential, as: "refresh" });
  expect(ended).toMatchObject({ accepted: false, code: "REVOKED", at: "ended record: logout" });
});

test("trying a credential ignores the request's own credentials", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  const answer = await tried(visitor, { flow: "server-session", credential: "nonsense" });
  expect(answer).toMatchObject({ accepted: false, code: "INVALID_CREDENTIAL", at: "lab" });
});

test.for([
  { flow: "nonesuch", credential: "x" },
  { flow: "cookie" },
  { flow: "cookie", credential: "" },
  { flow: "cookie", credential: "x".repeat(8193) },
  { flow: "cookie", credential: "\ud800" },
  { flow: "cookie", credential: "a\r\nset-cookie: b" },
  { flow: "cookie", credential: "x", as: "admin" },
])("%o is UNPROCESSABLE", async (body) => {
  const visitor = await enterLab(app);
  expect((await visitor.post("/api/lab/try", body)).code).toBe("UNPROCESSABLE");
});
