import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { labIdOf } from "../../../testing/two-labs.ts";
import { createVisitor, enterLab, type Visitor } from "../../../testing/visitor.ts";
import { type WeaknessId, weaknessIds } from "./model.ts";
import { wrappers } from "./weak/wrappers.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const turn = (visitor: Visitor, weakness: WeaknessId, on: boolean) =>
  visitor.send("PATCH", "/api/lab/attacks/weaknesses", { body: { weakness, on } });

/** A form of another site. */
function formOf(visitor: Visitor, method = "POST") {
  const headers = {
    ...{ "sec-fetch-site": "cross-site", origin: "http://evil.localhost:3000" },
    ...{ "content-type": "application/x-www-form-urlencoded" },
  };
  const path = "/api/cookie/transfer";
  return method === "GET"
    ? visitor.send(method, `${path}?to=bob&amount=1`, { headers })
    : visitor.send(method, path, { headers, body: "to=bob&amount=1" });
}

const on = async (visitor: Visitor) => (await visitor.get("/api/lab")).body["weaknesses"];

describe("a weakness", () => {
  test("is off in a new lab, and the right edge refuses another site's form", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    expect(await on(visitor)).toEqual([]);
    expect((await formOf(visitor)).code).toBe("CROSS_SITE_REQUEST");
  });

  test("lets the form and the link of another site move coins, until it is turned off", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    expect((await turn(visitor, "any-origin", true)).status).toBe(204);
    const posted = await formOf(visitor);
    expect([posted.status, posted.text]).toEqual([200, '{"balance":99}']);
    await turn(visitor, "any-origin", false);
    expect((await formOf(visitor)).code).toBe("CROSS_SITE_REQUEST");
  });

  test("is on in its own lab alone, and its pages name it", async () => {
    const [weak, other] = [await enterLab(app), await enterLab(app)];
    await other.logIn("cookie/sealed");
    await turn(weak, "any-origin", true);
    expect(await on(weak)).toEqual(["changes are accepted from any site, in any form"]);
    expect(await on(other)).toEqual([]);
    expect((await formOf(other)).code).toBe("CROSS_SITE_REQUEST");
  });

  test("does nothing to the requests of another lab, whose person followed a link with a ticket", async () => {
    const [weak, other] = [await enterLab(app), await enterLab(app)];
    await other.logIn("cookie/sealed");
    await turn(weak, "any-origin", true);
    const ticket = app.attacks.ticket(labIdOf(app, weak), "csrf");
    const headers = { "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" };
    const path = `/api/cookie/transfer?attack=${ticket}&case=form`;
    expect((await other.send("POST", path, { headers, body: "to=bob&amount=1" })).code).toBe("CROSS_SITE_REQUEST");
    expect((await weak.get("/api/lab/attacks")).body["arrived"]).toEqual([]);
  });

  test("is off after a reset", async () => {
    const visitor = await enterLab(app);
    const lab = [...visitor.cookies];
    await turn(visitor, "any-origin", true);
    await visitor.post("/api/lab/reset");
    expect(await on(createVisitor(app, lab))).toEqual([]);
  });

  test("changes the cookies that the right edge has written", async () => {
    const visitor = await enterLab(app);
    expect((await visitor.logIn("cookie/sealed")).setCookies.join()).toMatch(/SameSite=(Lax|Strict)/);
    await turn(visitor, "same-site-none", true);
    const { setCookies } = await visitor.logIn("cookie/sealed");
    expect(setCookies.join()).toContain("SameSite=None");
    expect(setCookies.join()).not.toMatch(/SameSite=(Lax|Strict)/);
  });

  test.for([
    { weakness: "plain-names", name: "login" },
    { weakness: "secure-names", name: "__Secure-login" },
  ] as const)("$weakness calls the login's cookie $name, reads it under that name, and no other", async (each) => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    await turn(visitor, each.weakness, true);
    expect((await visitor.get("/api/cookie/me")).code).toBe("NO_CREDENTIAL");
    await visitor.logIn("cookie/sealed");
    expect([...visitor.cookies.keys()]).toContain(each.name);
    expect((await visitor.get("/api/cookie/me")).status).toBe(200);
    expect((await visitor.post("/api/cookie/transfer", { to: "bob", amount: 1 })).status).toBe(200);
    await visitor.post("/api/cookie/logout");
    expect([...visitor.cookies.keys()]).not.toContain(each.name);
  });

  test("holds no more of a body than the right edge does, and neither does an attack", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    await turn(visitor, "any-origin", true);
    const ticket = app.attacks.ticket(labIdOf(app, visitor), "csrf");
    for (const path of ["/api/cookie/transfer", `/api/cookie/transfer?attack=${ticket}&case=form`]) {
      let drawn = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          drawn += 1;
          if (drawn > 1000) controller.close();
          else controller.enqueue(new Uint8Array(16_384).fill(0x61));
        },
      });
      const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" };
      const request = new Request(`${app.env.origin}${path}`, { method: "POST", headers, body, ...{ duplex: "half" } });
      expect((await app.dispatch(request)).status).toBe(413);
      expect(drawn).toBeLessThan(10);
    }
  });

  test("that there is not is refused", async () => {
    const visitor = await enterLab(app);
    const body = { weakness: "nonesuch", on: true };
    expect((await visitor.send("PATCH", "/api/lab/attacks/weaknesses", { body })).code).toBe("UNPROCESSABLE");
  });
});

test("every weakness has a wrapper", () => {
  expect(Object.keys(wrappers).sort()).toEqual([...weaknessIds].sort());
});
