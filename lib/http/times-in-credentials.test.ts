import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createForge } from "../features/attacks/forgery/token-writer.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { labIdOf } from "../testing/two-labs.ts";
import { createVisitor, enterLab, type Visitor } from "../testing/visitor.ts";
import { decodeToken } from "./request/address.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const times = ["exp", "iat", "nbf", "auth_time"] as const;
const hourAhead = () => Math.floor(Date.now() / 1000) + 3600;
const wrong = [
  ["1e300", () => 1e300],
  ["9e12", () => 9e12],
  ["-1", () => -1],
] as const;

/** The visitor's own token with another time in it, signed with the lab's own key. */
async function signedAnew(visitor: Visitor, token: string, change: object): Promise<string> {
  const decoded = decodeToken(token);
  if (!decoded) throw new Error("There is no token to change");
  const context = await app.app.findLabContext(app.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? ""));
  if (!context) throw new Error("There is no lab");
  const keys = app.labContexts.keysOf(context.lab).signing(decoded.header["alg"] as "EdDSA");
  return createForge({ ...decoded, key: keys[0].privateKey }).forge({}, change);
}

describe.for(["memory-jwt/rotating", "memory-jwt/http-only-cookie", "hybrid/allowlist"] as const)("%s", (id) => {
  const [flow = ""] = id.split("/");

  const changed = async (change: object) => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const name = id === "hybrid/allowlist" ? "__Host-hybrid" : "__Host-access";
    const inCookie = visitor.accessToken === null;
    const token = await signedAnew(visitor, visitor.accessToken ?? visitor.cookies.get(name) ?? "", change);
    const holder = createVisitor(app, [...visitor.another().cookies, ...(inCookie ? [[name, token] as const] : [])]);
    if (!inCookie) holder.accessToken = token;
    return { holder, token };
  };

  test.for(times.flatMap((claim) => wrong.map(([name, value]) => [claim, name, value] as const)))(
    "a signed token with %s of %s is INVALID_CREDENTIAL, and no view of the lab fails",
    async ([claim, , value]) => {
      const { holder, token } = await changed({ [claim]: value() });
      const me = await holder.get(`/api/${flow}/me`);
      expect([me.status, me.code]).toEqual([401, "INVALID_CREDENTIAL"]);
      expect((await holder.get("/api/lab")).status).toBe(200);
      expect((await holder.post("/api/lab/try", { flow, credential: token })).body["accepted"]).toBe(false);
    },
  );

  test.for(["iat", "nbf", "auth_time"] as const)(
    "a signed token whose %s is an hour ahead is INVALID_CREDENTIAL",
    async (claim) => {
      const { holder } = await changed({ [claim]: hourAhead() });
      expect((await holder.get(`/api/${flow}/me`)).code).toBe("INVALID_CREDENTIAL");
    },
  );

  test("one with its own times counts", async () => {
    const { holder } = await changed({});
    expect((await holder.get(`/api/${flow}/me`)).status).toBe(200);
  });
});

test("a token that nobody signed, with times that no date can express, fails no view of the lab in any cookie", async () => {
  const visitor = await enterLab(app);
  const variants = ["rotating", "http-only-cookie", "allowlist", "short-jwt"];
  for (const variant of variants)
    await visitor.another().logIn(/^(?:rot|http)/.test(variant) ? `memory-jwt/${variant}` : `hybrid/${variant}`);
  const iss = `${app.env.origin}/api/labs/${labIdOf(app, visitor)}`;
  const part = (json: string) => Buffer.from(json).toString("base64url");
  for (const name of app.flows.flatMap(({ manifest }) => manifest.cookies.map((cookie) => cookie.name))) {
    for (const variant of variants) {
      const claimed = times.map((claim) => `"${claim}":1e300`).join();
      const token = `${part('{"alg":"none"}')}.${part(`{"iss":"${iss}","variant":"${variant}",${claimed}}`)}.`;
      const holder = createVisitor(app, [...visitor.another().cookies, [name, token]]);
      expect([name, variant, (await holder.get("/api/lab")).status]).toEqual([name, variant, 200]);
      expect((await holder.get("/api/user-info")).status).toBe(401);
    }
  }
});
