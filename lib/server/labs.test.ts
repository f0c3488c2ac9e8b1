import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import { day, hour } from "../core/time.ts";
import { findVariant, flows } from "../flows/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants.map(({ id }) => id));
const labCookie = "__Host-lab";

const me = (visitor: Visitor, variant: VariantId) => visitor.get(`/api/${flowOf(variant)}/me`);

/** A client without a lab cookie: it has credentials only. */
function withoutLab(visitor: Visitor): Visitor {
  const alone = visitor.copy();
  alone.cookies.delete(labCookie);
  return alone;
}

/** A new browser with a lab cookie that the server does not know yet. */
function newcomer(application = app): Visitor {
  return createVisitor(application, [[labCookie, application.app.mintLabCookie()]]);
}

async function peopleIds(visitor: Visitor): Promise<readonly string[]> {
  const { people } = (await visitor.get("/api/lab")).body;
  if (!Array.isArray(people)) throw new Error("This visitor sees no people");
  return people.map(({ id }) => String(id));
}

describe("the birth of a lab", () => {
  test.for(variants)("a login with %s and no lab cookie starts a lab and sets its cookie", async (variant) => {
    const visitor = createVisitor(app);
    const reply = await visitor.logIn(variant);
    expect(reply.status).toBe(200);
    const line = reply.setCookies.find((each) => each.startsWith(`${labCookie}=`)) ?? "";
    expect(line).toMatch(/^__Host-lab=[\w-]{43}; /);
    const attributes = line.split("; ").slice(1).sort();
    expect(attributes).toEqual(["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=None", "Secure"]);
    expect((await me(visitor, variant)).status).toBe(200);
  });

  test("an unknown lab cookie is replaced, and each new visitor gets a lab of their own", async () => {
    const visitors = ["", "short", "x".repeat(44)].map((value) => createVisitor(app, [[labCookie, value]]));
    const ids = await Promise.all(visitors.map(peopleIds));
    for (const { cookies } of visitors) expect(cookies.get(labCookie)).toMatch(/^[\w-]{43}$/);
    expect(new Set(ids.flat()).size).toBe(9);
  });

  test("is told with the lab, so that a lab that was made anew under its cookie is known as another one", async () => {
    const visitor = newcomer();
    const madeAt = async () => Object((await visitor.get("/api/lab")).body["lab"]).madeAt;
    const first = await madeAt();
    await visitor.logIn("server-session/sql");
    expect(await madeAt()).toBe(first);
    const copy = visitor.copy();
    await visitor.post("/api/lab/reset");
    const again = Object((await copy.get("/api/lab")).body["lab"]);
    expect(again.id).toBe(app.app.labIdOf(copy.cookies.get(labCookie) ?? ""));
    expect(Date.parse(again.madeAt)).toBeGreaterThan(Date.parse(first));
  });

  test("parallel first requests make one lab, with three people", async () => {
    const visitor = newcomer();
    const ids = await Promise.all(Array.from({ length: 10 }, () => peopleIds(visitor)));
    expect(ids[0]).toHaveLength(3);
    for (const each of ids) expect(each).toEqual(ids[0]);
  });

  test("labs that get a row are limited by address: TOO_MANY_REQUESTS with Retry-After, and no cookie", async () => {
    const limited = await createTestApplication({ LABS_PER_HOUR: "2" });
    try {
      const known = createVisitor(limited);
      for (const visitor of [known, createVisitor(limited)])
        expect((await visitor.logIn("cookie/sealed")).status).toBe(200);
      const refused = await createVisitor(limited).logIn("cookie/sealed");
      expect([refused.status, refused.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
      expect(Number(refused.headers.get("retry-after"))).toSatisfy((seconds) => seconds > 3500 && seconds <= 3600);
      expect(refused.setCookies).toEqual([]);
      // Labs that have one are not limited, other addresses are not either, and looking is not.
      expect((await known.logIn("hybrid/allowlist")).status).toBe(200);
      expect((await createVisitor(limited).get("/api/lab")).status).toBe(200);
      const elsewhere = { headers: { "x-forwarded-for": "198.51.100.9" }, body: { advanceSeconds: 1 } };
      expect((await createVisitor(limited).send("POST", "/api/lab/clock", elsewhere)).status).toBe(200);
    } finally {
      await limited.dispose();
    }
  });

  test("parallel first changes of one lab count as one new lab", async () => {
    const limited = await createTestApplication({ LABS_PER_HOUR: "1" });
    try {
      const visitor = newcomer(limited);
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => visitor.post("/api/lab/clock", { advanceSeconds: 1 })),
      );
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
      expect((await visitor.get("/api/lab")).body["clock"]).toMatchObject({ offsetSeconds: 10 });
    } finally {
      await limited.dispose();
    }
  });
});

describe("which lab a request is in", () => {
  test("a bearer token alone names its lab", async () => {
    const visitor = await enterLab(app);
    const { body } = await visitor.logIn("memory-jwt/rotating");
    const bearer = createVisitor(app);
    bearer.accessToken = visitor.accessToken;
    for (const path of ["/api/memory-jwt/me", "/api/user-info"]) {
      expect((await bearer.get(path)).body["user"]).toEqual(body["user"]);
    }
    expect((await bearer.post("/api/memory-jwt/revoke", { scope: "all" })).body).toEqual({ revoked: 1 });
    expect([...bearer.cookies]).toEqual([]);
  });

  test("a native client's refresh token alone names its lab", async () => {
    const visitor = await enterLab(app);
    const { body } = await visitor.logIn("memory-jwt/rotating", { client: "native" });
    const refresh = { refresh_token: body["refresh_token"] };
    const stranger = await enterLab(app);
    expect((await stranger.post("/api/memory-jwt/refresh", refresh)).code).toBe("INVALID_CREDENTIAL");
    expect((await createVisitor(app).post("/api/memory-jwt/refresh", refresh)).body["user"]).toEqual(body["user"]);
  });

  test.for(variants)("with another lab's cookie, a login of %s is INVALID_CREDENTIAL", async (variant) => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    const moved = withoutLab(visitor);
    moved.cookies.set(labCookie, app.app.mintLabCookie());
    expect((await me(moved, variant)).code).toBe("INVALID_CREDENTIAL");
    expect((await me(withoutLab(visitor), variant)).status).toBe(200);
  });
});

describe("the end of a lab", () => {
  test("after a reset every earlier credential is refused, also once the lab is made anew", async () => {
    const visitor = await enterLab(app);
    const held: Visitor[] = [];
    for (const variant of variants) {
      expect((await visitor.logIn(variant)).status).toBe(200);
      held.push(visitor.copy());
    }
    const before = await peopleIds(visitor);
    const reset = await visitor.copy().post("/api/lab/reset");
    expect(reset.status).toBe(204);
    expect(reset.headers.get("clear-site-data")).toBe('"cookies", "storage"');
    expect(reset.setCookies).toEqual([expect.stringMatching(/^__Host-lab=; Max-Age=0; /)]);

    for (const anew of [false, true]) {
      if (anew) expect((await peopleIds(visitor)).filter((id) => before.includes(id))).toEqual([]);
      for (const [index, variant] of variants.entries()) {
        const copy = held[index] ?? visitor;
        expect([variant, (await me(copy, variant)).code]).toEqual([variant, "INVALID_CREDENTIAL"]);
        expect((await me(withoutLab(copy), variant)).code).toBe("INVALID_CREDENTIAL");
      }
      expect((await visitor.copy().post("/api/memory-jwt/refresh")).code).toBe("INVALID_CREDENTIAL");
    }
  });

  test("an expired lab is deleted, with its people, keys and logins", async () => {
    let now = Date.UTC(2030, 0, 1);
    const aging = await createTestApplication({ LAB_HOURS: "2" }, { systemClock: { now: () => now } });
    try {
      const visitor = await enterLab(aging);
      const before = await peopleIds(visitor);
      now += 2 * hour - 1;
      expect(await peopleIds(visitor)).toEqual(before);
      await visitor.logIn("server-session/sql");
      await visitor.logIn("memory-jwt/rotating");
      const jwks = `/api/labs/${aging.app.labIdOf(visitor.cookies.get(labCookie) ?? "")}/jwks`;
      expect((await me(visitor, "server-session/sql")).status).toBe(200);
      expect((await visitor.get(jwks)).status).toBe(200);

      now += 1;
      expect((await me(visitor, "server-session/sql")).code).toBe("INVALID_CREDENTIAL");
      expect((await me(withoutLab(visitor), "memory-jwt/rotating")).code).toBe("INVALID_CREDENTIAL");
      expect((await visitor.get(jwks)).code).toBe("NOT_FOUND");

      // The same cookie opens a new one.
      expect((await peopleIds(visitor)).filter((id) => before.includes(id))).toEqual([]);
      expect((await me(visitor, "server-session/sql")).code).toBe("INVALID_CREDENTIAL");
      expect((await me(visitor, "memory-jwt/rotating")).code).toBe("INVALID_CREDENTIAL");
      expect(await aging.sweep()).toMatchObject({ labs: 0 });
      await visitor.logIn("server-session/sql");
      now += 2 * hour;
      expect(await aging.sweep()).toMatchObject({ labs: 1 });
    } finally {
      await aging.dispose();
    }
  });
});

describe("a lab's clock", () => {
  const advance = (visitor: Visitor, by: number) => visitor.post("/api/lab/clock", { advanceSeconds: by / 1000 });

  test.for(variants)(
    "moved past its lifetime, a login of %s is EXPIRED, and in another lab it is not",
    async (variant) => {
      const [here, there] = [await enterLab(app), await enterLab(app)];
      for (const visitor of [here, there]) await visitor.logIn(variant);
      expect((await advance(here, hour)).body["offsetSeconds"]).toBe(3600);
      // A service that is asked whether it counts does not say why not.
      const isTold = findVariant(variant)?.settings.proof !== "id-introspected";
      expect((await me(here, variant)).code).toBe(isTold ? "EXPIRED" : "INVALID_CREDENTIAL");
      expect((await me(there, variant)).status).toBe(200);
    },
  );

  test("it moves forward by at most 400 days in all, in one step or in many", async () => {
    const [once, often] = [await enterLab(app), await enterLab(app)];
    expect((await advance(once, 400 * day + 1000)).code).toBe("UNPROCESSABLE");
    expect((await advance(once, 400 * day)).body["offsetSeconds"]).toBe(34_560_000);
    expect((await advance(once, 1000)).code).toBe("UNPROCESSABLE");
    for (const by of [-1000, 0, 500]) expect((await advance(often, by)).code).toBe("UNPROCESSABLE");

    const steps = await Promise.all(Array.from({ length: 10 }, () => advance(often, 100 * day)));
    expect(steps.filter(({ status }) => status === 200)).toHaveLength(4);
    expect((await often.get("/api/lab")).body["clock"]).toMatchObject({ offsetSeconds: 34_560_000 });
  });
});
