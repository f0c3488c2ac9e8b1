import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookiesOf } from "../core/credential.ts";
import { flows, variants } from "../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../testing/visitor.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const keepsData = variants.filter(({ cannot }) => cannot.data === undefined);

describe("a body is JSON of one meaning (RFC 7493)", () => {
  const bodies = [
    ["a number beyond all others", '{"value":1e400}', /number/],
    ["a number of too many digits", '{"value":{"a":[9007199254740993]}}', /number/],
    ["two values of one name", '{"value":1,"value":2}', /two members/],
    ["two members of one name inside", '{"value":{"a":1,"\\u0061":2}}', /two members/],
    ["U+0000", '{"value":"a\\u0000b"}', /U\+0000/],
    ["half a character", '{"value":{"\\ud800":1}}', /half a character/],
    ["5,000 levels", `{"value":${"[".repeat(5000)}${"]".repeat(5000)}}`, /32 deep/],
  ] as const;

  test.for(keepsData.filter(({ id }) => !/redis/.test(id)))("$id keeps nothing of any other", async ({ id }) => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    for (const [what, body, detail] of bodies) {
      const reply = await visitor.send("PUT", `/api/${flowOf(id)}/data/cart`, { body });
      expect([what, reply.status, reply.code, reply.body["detail"]]).toEqual([
        ...[what, 422, "UNPROCESSABLE"],
        expect.stringMatching(detail),
      ]);
    }
    expect((await visitor.get(`/api/${flowOf(id)}/data`)).body["data"]).toEqual({});
  });

  test("a name that is given twice logs nobody in", async () => {
    const visitor = await enterLab(app);
    const body = '{"username":"mallory","username":"alice","password":"alice-loginscope"}';
    expect((await visitor.send("POST", "/api/cookie/login", { body })).code).toBe("UNPROCESSABLE");
  });
});

describe("{} says as much as no body, where none is wanted or needed", () => {
  test.for(variants.filter(({ id }) => !/redis/.test(id)))("a logout of $id with {} ends the login", async ({ id }) => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const headers = { "content-type": "application/json" };
    const reply = await visitor.send("POST", `/api/${flowOf(id)}/logout`, { body: {}, headers });
    expect(reply.status).toBe(204);
  });

  test("a refresh by cookie with {} is a refresh", async () => {
    for (const id of ["memory-jwt/rotating", "hybrid/short-jwt"] as const) {
      const visitor = await enterLab(app);
      await visitor.logIn(id);
      expect((await visitor.send("POST", `/api/${flowOf(id)}/refresh`, { body: {} })).status).toBe(200);
    }
  });

  test("anything else in it is refused as before", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    for (const body of [{ all: true }, [], null, { refresh_token: "" }, { refresh_token: 7 }])
      expect((await visitor.send("POST", "/api/cookie/logout", { body })).code).toBe("UNPROCESSABLE");
    expect((await visitor.get("/api/cookie/me")).status).toBe(200);
  });
});

const nested = `${"[".repeat(3000)}${"]".repeat(3000)}`;

describe("JSON that nobody proved is read 32 deep", () => {
  const part = (json: string) => Buffer.from(json).toString("base64url");
  const lab = ({ cookies }: Visitor) => app.labContexts.labIdOf(cookies.get("__Host-lab") ?? "");

  /** What a stranger may send: a token and a plain cookie, each 3,000 deep. */
  function strangeValues(visitor: Visitor, variant: string): readonly string[] {
    const claims = `"iss":"x/${lab(visitor)}","variant":"${variant}"`;
    const state = `{"user":"alice","version":0,"data":{"a":${nested}}`;
    return [
      `${part('{"alg":"none"}')}.${part(`{${claims},"deep":${nested}}`)}.`,
      `${part(`{"alg":"none","deep":${nested}}`)}.${part(`{${claims}}`)}.x`,
      `${lab(visitor)}.plain.${encodeURIComponent(`${state},"issuedAt":1,"authenticatedAt":1,"seenAt":1,"idleFor":9999999999999,"endsAt":99999999999999,"remembered":false}`)}`,
      `${lab(visitor)}.plain.${encodeURIComponent(nested)}`,
    ];
  }

  test.for(flows.map(({ manifest }) => manifest))(
    "a cookie of $id that is deeper is INVALID_CREDENTIAL, and the lab is told",
    async (manifest) => {
      const visitor = await enterLab(app);
      for (const variant of manifest.variants.filter(({ id }) => id !== manifest.defaults.lab && !/redis/.test(id)))
        await visitor.another().logIn(variant.id);
      for (const name of cookiesOf(manifest, "access")) {
        for (const value of strangeValues(visitor, "plain")) {
          const stranger = createVisitor(app, [...visitor.another().cookies, [name, value]]);
          const bearer = value.startsWith("ey") ? { authorization: `Bearer ${value}` } : {};
          const me = await stranger.send("GET", `/api/${manifest.id}/me`, { headers: bearer });
          expect([me.status, me.code]).toEqual([401, "INVALID_CREDENTIAL"]);
          const tried = await stranger.post("/api/lab/try", {
            flow: manifest.id,
            credential: decodeURIComponent(value).slice(0, 8192),
          });
          expect(tried.status).toBe(200);
          expect((await stranger.get("/api/lab")).status).toBe(200);
        }
      }
    },
  );
});
