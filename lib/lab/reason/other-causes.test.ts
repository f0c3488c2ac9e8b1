import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { minute } from "../../core/time.ts";
import { findVariant } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";
import { type LabMoment, sinceThen } from "./lab-since.ts";
import { type Observed, reasonOf } from "./reason.ts";

/** How far time went on by itself. */
let waited = 0;
let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication({}, { systemClock: { now: () => Date.now() + waited } });
});
beforeEach(() => {
  waited = 0;
});
afterAll(() => app.dispose());

/** A copied credential of alice's, with what was known of it when it was copied. */
type Copy = {
  readonly variant: VariantId;
  readonly as: "access" | "refresh";
  readonly value: string;
  readonly lab: LabMoment;
  readonly endsAt: number | null;
};

async function momentOf(visitor: Visitor): Promise<LabMoment> {
  const { lab, clock } = Object((await visitor.another().get("/api/lab")).body);
  return { createdAt: Date.parse(lab.madeAt), clockOffset: clock.offsetSeconds * 1000, now: Date.parse(clock.now) };
}

async function tried(visitor: Visitor, { variant, as, value }: Pick<Copy, "variant" | "as" | "value">, headers = {}) {
  const body = { flow: flowOf(variant), credential: value, as };
  const reply = await visitor.another().send("POST", "/api/lab/try", { body, headers });
  expect(reply.status).toBe(200);
  return Object(reply.body);
}

/** Alice logs in, and the credential is copied. */
async function copied(owner: Visitor, variant: VariantId, as: Copy["as"] = "access"): Promise<Copy> {
  expect((await owner.logIn(variant)).status).toBe(200);
  const holding = findVariant(variant)?.holds.find(({ credential }) => credential === as);
  const inCookie = holding?.travels === "cookie" ? owner.cookies.get(holding.cookie) : undefined;
  const value = inCookie === undefined ? owner.accessToken : decodeURIComponent(inCookie);
  if (value === null) throw new Error(`${variant} gave no ${as} credential`);
  const { accepted, expiresAt } = await tried(owner, { variant, as, value });
  expect(accepted).toBe(true);
  return { variant, as, value, lab: await momentOf(owner), endsAt: Date.parse(expiresAt) };
}

/** The server looks at the copy: why is it refused after this event? */
async function why(owner: Visitor, copy: Copy, event: string, headers = {}): Promise<string> {
  const { accepted, code, at } = await tried(owner, copy, headers);
  expect(accepted).toBe(false);
  const since = sinceThen(copy.lab, await momentOf(owner), copy.endsAt);
  const observed: Observed = { seen: "refused", code, decidedBy: at, ...(since && { since }) };
  const variant = findVariant(copy.variant);
  if (!variant) throw new Error(`There is no variant ${copy.variant}`);
  return reasonOf(variant, variant.settings, event, copy.as, observed);
}

const logOut = (owner: Visitor, variant: VariantId) => owner.post(`/api/${flowOf(variant)}/logout`);

describe("the sentence of a copy that its own end stopped names that end and not the plug", () => {
  test.for([
    ["cookie/sealed", "replay-after-logout", "Its idle end stopped it, not the logout."],
    ["server-session/sql", "client-forgets", "Its idle end stopped it, not closing the tab."],
    ["hybrid/allowlist", "client-forgets", "Its exp stopped it, not closing the tab."],
    ["memory-jwt/rotating", "replay-after-logout", "Its exp stopped it, not the logout."],
  ] as const)("%s, %s: %s", async ([variant, event, sentence]) => {
    const owner = await enterLab(app);
    const copy = await copied(owner, variant);
    if (event === "replay-after-logout") await logOut(owner, variant);
    waited = 31 * minute;
    expect(await why(owner, copy, event)).toBe(sentence);
  });
});

describe("the sentence of a copy that a binding stopped names the binding and not the plug", () => {
  test.for([
    ["server-session/sql", "access"],
    ["memory-jwt/rotating", "refresh"],
    ["hybrid/allowlist", "access"],
  ] as const)("%s, %s", async ([variant, as]) => {
    const owner = await enterLab(app);
    await owner.send("PATCH", "/api/lab/settings", { body: { binding: { userAgent: "enforce" } } });
    const copy = await copied(owner, variant, as);
    expect(await why(owner, copy, "memory-lost", { "user-agent": "another-device/1" })).toBe(
      "The binding to its client stopped it, not the restart.",
    );
  });
});

describe("the sentence of a copy that the cap on logins ended names the cap and not the plug", () => {
  test.for([
    ["server-session/sql", "access", "The cap on logins ended its row, not the logout."],
    ["memory-jwt/rotating", "refresh", "The cap on logins ended its family, not the logout."],
    ["hybrid/allowlist", "access", "The cap on logins ended its row, not the logout."],
  ] as const)("%s, %s: %s", async ([variant, as, sentence]) => {
    const owner = await enterLab(app);
    await owner.send("PATCH", "/api/lab/settings", { body: { parallelLogins: 1 } });
    const copy = await copied(owner, variant, as);
    expect((await owner.another().logIn(variant)).status).toBe(200);
    await logOut(owner, variant);
    expect(await why(owner, copy, "replay-after-logout")).toBe(sentence);
  });
});

describe("the sentence of a copy that ended because the lab's clock was moved names the clock and not the plug", () => {
  test.for([
    ["cookie/sealed", "replay-after-logout", "The lab’s clock was moved past its idle end."],
    ["server-session/sql", "client-forgets", "The lab’s clock was moved past its idle end."],
    ["memory-jwt/rotating", "replay-after-logout", "The lab’s clock was moved past its exp."],
  ] as const)("%s, %s: %s", async ([variant, event, sentence]) => {
    const owner = await enterLab(app);
    const copy = await copied(owner, variant);
    if (event === "replay-after-logout") await logOut(owner, variant);
    await owner.post("/api/lab/clock", { advanceSeconds: 31 * 60 });
    expect(await why(owner, copy, event)).toBe(sentence);
  });

  test("and not where time alone would have ended it by then", async () => {
    const owner = await enterLab(app);
    const copy = await copied(owner, "cookie/sealed");
    await owner.post("/api/lab/clock", { advanceSeconds: 60 });
    waited = 31 * minute;
    expect(await why(owner, copy, "replay-after-logout")).toBe("Its idle end stopped it, not the logout.");
  });
});

test.for(["cookie/sealed", "server-session/sql", "memory-jwt/rotating", "hybrid/allowlist"] as const)(
  "the sentence of a copy from before a reset names the reset and not the plug: %s",
  async (variant) => {
    const owner = await enterLab(app);
    const copy = await copied(owner, variant);
    await logOut(owner, variant);
    expect((await owner.post("/api/lab/reset")).status).toBe(204);
    expect(await why(owner, copy, "replay-after-logout")).toBe("The lab was reset, so its logins are gone.");
  },
);

test.for([
  ["server-session/sql", "A newer login ended its row, not the logout."],
  ["hybrid/allowlist", "A newer login ended its row, not the logout."],
] as const)(
  "the sentence of a copy whose browser logged in again names the newer login: %s",
  async ([variant, sentence]) => {
    const owner = await enterLab(app);
    const copy = await copied(owner, variant);
    await owner.logIn(variant);
    await logOut(owner, variant);
    expect(await why(owner, copy, "replay-after-logout")).toBe(sentence);
  },
);

test("the sentence of a refresh token that was used up names the refresh, and not the plug", async () => {
  const owner = await enterLab(app);
  const copy = await copied(owner, "memory-jwt/rotating", "refresh");
  await owner.post("/api/memory-jwt/refresh");
  expect(await why(owner, copy, "client-forgets")).toBe("A refresh used it up, not closing the tab.");
});
