import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookiesOf } from "../../../core/credential.ts";
import { flows } from "../../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab, flowOf } from "../../../testing/visitor.ts";
import type { ForgeryPlay, MadeForgery } from "./model.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

/** The forgeries of a login with this variant. */
async function forgeriesOfALogin(id: `${string}/${string}`, as: "access" | "refresh" = "access") {
  const visitor = await enterLab(app);
  await visitor.logIn(id);
  const manifest = flows.find((each) => each.manifest.id === flowOf(id))?.manifest;
  const inCookie = cookiesOf(manifest ?? { variants: [] }, as).map((name) => visitor.cookies.get(name));
  const token = as === "access" ? visitor.accessToken : null;
  const credential = token ?? decodeURIComponent(inCookie.find(Boolean) ?? "");
  const { body } = await visitor.post("/api/lab/forgery/made", { flow: flowOf(id), credential, as });
  return { visitor, credential, made: body["made"] as readonly MadeForgery[] };
}

describe("forgeries of a visitor's own credential", () => {
  test.for([
    ["memory-jwt/rotating", ["alg-none", "public-key-as-secret", "ed25519-low-order"]],
    ["memory-jwt/es256", ["es256-zero"]],
    ["memory-jwt/hs256", ["encrypted-for-hs256"]],
    ["cookie/signed", ["cookie-another-state"]],
    ["cookie/sealed", ["seal-of-an-example"]],
    ["server-session/signed-id", ["id-no-signature"]],
  ] as const)("of %s are those of the table, and each is refused", async ([id, ids]) => {
    const { visitor, credential, made } = await forgeriesOfALogin(id);
    expect(made.map((each) => each.id)).toEqual(expect.arrayContaining([...ids]));
    for (const { forged, changed } of made) {
      expect(forged).not.toBe(credential);
      expect(changed.length).toBeGreaterThan(0);
      const tried = await visitor.another().post("/api/lab/try", { flow: flowOf(id), credential: forged });
      expect(tried.body).toMatchObject({ accepted: false });
    }
  });

  test("after a rotation with overlap are still refused for what they say", async () => {
    const { visitor, credential } = await forgeriesOfALogin("memory-jwt/rotating");
    await visitor.post("/api/lab/keys/rotate", { overlap: true });
    const { body } = await visitor.post("/api/lab/forgery/made", { flow: "memory-jwt", credential, as: "access" });
    const made = body["made"] as unknown as readonly MadeForgery[];
    const steps: Record<string, unknown> = {};
    for (const { id, forged } of made.filter(({ needs }) => needs === "signing-key")) {
      const { at } = (await visitor.another().post("/api/lab/try", { flow: "memory-jwt", credential: forged })).body;
      steps[id] = at;
    }
    expect(steps).toMatchObject({ iss: "lab", aud: "aud", typ: "typ", ended: "exp", "another-labs-key": "signature" });
  });

  test("of a refresh token are those of an id", async () => {
    const { made } = await forgeriesOfALogin("memory-jwt/rotating", "refresh");
    expect(made.map(({ id }) => id)).toEqual(["id-changed", "id-another-lab", "id-made-up"]);
  });

  test("are not made of a credential that does not get in", async () => {
    const { visitor, made } = await forgeriesOfALogin("memory-jwt/rotating");
    expect(made.length).toBeGreaterThan(40);
    const { body } = await visitor.post("/api/lab/forgery/made", { flow: "memory-jwt", credential: made[0]?.forged });
    expect(body).toEqual({ made: [] });
  });

  test("are refused for a flow that there is not", async () => {
    const visitor = await enterLab(app);
    const reply = await visitor.post("/api/lab/forgery/made", { flow: "nonesuch", credential: "a" });
    expect(reply.code).toBe("UNPROCESSABLE");
  });
});

describe("forgeries that are played", () => {
  test("are played in a lab that is gone afterwards, and leave the visitor's own alone", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/signed");
    const before = (await visitor.get("/api/lab")).body["held"];
    const { body } = await visitor.post("/api/lab/forgery", { variant: "cookie/signed" });
    const played = body as unknown as ForgeryPlay;
    expect(played.tried && played.cases.every(({ asExpected }) => asExpected)).toBe(true);
    expect((await visitor.get("/api/lab")).body["held"]).toEqual(before);
  });

  test("of a variant that there is not are refused", async () => {
    const visitor = await enterLab(app);
    expect((await visitor.post("/api/lab/forgery", { variant: "cookie/nonesuch" })).code).toBe("UNPROCESSABLE");
  });

  test("are played once at a time for a lab", async () => {
    const visitor = await enterLab(app);
    const play = () => visitor.post("/api/lab/forgery", { variant: "server-session/sql" });
    const [first, second] = await Promise.all([play(), play()]);
    expect([first.status, second.code].includes("TOO_MANY_REQUESTS") || first.code === "TOO_MANY_REQUESTS").toBe(true);
    expect((await play()).status).toBe(200);
  });

  test("are played for eight labs at a time, and stop when nobody waits any more", async () => {
    const leaving = new AbortController();
    const visitors = await Promise.all(Array.from({ length: 9 }, () => enterLab(app)));
    const answers = visitors.map((visitor) => {
      const headers = { cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
      const request = new Request(`${app.env.origin}/api/lab/forgery`, {
        ...{ method: "POST", body: JSON.stringify({ variant: "memory-jwt/rotating" }), signal: leaving.signal },
        headers: { ...headers, "content-type": "application/json", "sec-fetch-site": "same-origin" },
      });
      return app.dispatch(request);
    });
    const refused = await Promise.race(answers);
    expect(refused.status).toBe(429);
    leaving.abort();
    const played = await Promise.all(answers.map(async (answer) => (await answer).json()));
    expect(played.filter(({ why }) => why === "It was stopped.")).toHaveLength(8);
  });
});

test("without lab mode no forgery is made or played", async () => {
  const real = await createTestApplication({ LAB_MODE: "off" });
  try {
    for (const path of ["/api/lab/forgery", "/api/lab/forgery/made"]) {
      const request = new Request(`${real.env.origin}${path}`, { method: "POST", body: "{}" });
      expect((await real.dispatch(request)).status).toBe(404);
    }
  } finally {
    await real.dispose();
  }
});
