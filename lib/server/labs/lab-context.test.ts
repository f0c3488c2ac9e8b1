import { createHmac } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { day } from "../../core/time.ts";
import { decodeToken } from "../../http/request/address.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab } from "../../testing/visitor.ts";

let passed = 0;
const systemClock = { now: () => Date.now() + passed };
const app = await createTestApplication({ LAB_HOURS: "2000" }, { systemClock });
afterAll(() => app.dispose());

test("[ASVS 13.3.4] memory-jwt/hs256: an earlier key is refused once its overlap has ended, though the lab has not changed since", async () => {
  const visitor = await enterLab(app);
  const { body } = await visitor.logIn("memory-jwt/hs256");
  const token = decodeToken(String(body["access_token"]));
  const context = await app.labContexts.find(app.labContexts.labIdOf(visitor.cookies.get(labCookie.name) ?? ""));
  if (!token || !context) throw new Error("Nobody is logged in");
  const [key] = app.labContexts.keysOf(context.lab).signing("HS256");
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  /** A token of this moment, signed with the key from before the rotation. */
  async function meWithEarlierKey() {
    const now = Math.floor(systemClock.now() / 1000);
    const signed = `${part(token?.header ?? {})}.${part({ ...token?.payload, iat: now, auth_time: now, exp: now + 600 })}`;
    const bearer = `${signed}.${createHmac("sha256", key.privateKey).update(signed).digest("base64url")}`;
    const headers = { authorization: `Bearer ${bearer}` };
    return (await visitor.send("GET", "/api/memory-jwt/me", { headers })).code;
  }

  expect((await visitor.post("/api/lab/keys/rotate", { overlap: true })).status).toBeLessThan(300);
  expect(await meWithEarlierKey()).toBeNull();
  passed += 40 * day;
  expect(await meWithEarlierKey()).toBe("INVALID_CREDENTIAL");
});
