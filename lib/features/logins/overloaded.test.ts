import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createArgon2Passwords, type Passwords } from "../../adapters/argon2-passwords.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { variants } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const quick = createArgon2Passwords({ memory: 64, passes: 1 });
let held = false;
let release = () => {};
let released = Promise.resolve();
let atOnce = 0;
let most = 0;
let failure: Error | null = null;

/** While it is held no hash comes to its end. */
const holding: Passwords = {
  ...quick,
  async verify(hash, password) {
    atOnce += 1;
    most = Math.max(most, atOnce);
    if (held) await released;
    atOnce -= 1;
    if (failure) throw failure;
    return quick.verify(hash, password);
  },
};

const app = await createTestApplication({ LOGIN_ATTEMPTS: "3" }, { passwords: holding });
afterAll(() => app.dispose());

const variant = "server-session/sql";
const wrong = { password: "not this one" };

/**
 * All processors hash, and in each of the 64 places somebody waits: 64 networks, so that no line is longer than another.
 * Answers what lets them all be done.
 */
async function fullLine(): Promise<() => Promise<void>> {
  held = true;
  released = new Promise((resolve) => {
    release = () => {
      held = false;
      resolve();
    };
  });
  const ask = (who: string) =>
    app.passwords.askedBy({ who, gone: new AbortController().signal }, () => app.passwords.verify(null, "anything"));
  const asked: Promise<unknown>[] = [];
  const before = app.overloaded();
  // One more than there is room for, so that it is known to be full.
  for (let at = 0; app.overloaded() === before; at += 1) {
    asked.push(ask(`network ${at}`).catch(() => null));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(asked.length - atOnce - 1).toBe(64);
  const empty = async () => {
    release();
    await Promise.all(asked);
  };
  onTestFinished(empty);
  return empty;
}

/** Three wrong passwords are looked at and the fourth is not: no attempt was taken before. */
async function hasAllAttempts(visitor: Visitor): Promise<void> {
  const codes = [];
  for (let times = 0; times < 4; times += 1) codes.push((await visitor.another().logIn(variant, wrong)).code);
  expect(codes).toEqual(["BAD_CREDENTIALS", "BAD_CREDENTIALS", "BAD_CREDENTIALS", "TOO_MANY_REQUESTS"]);
}

describe("while 64 passwords wait for their hash", () => {
  test("a login is OVERLOADED: 503 with Retry-After, without a cookie, counted, and no attempt is taken", async () => {
    const visitor = await enterLab(app);
    const empty = await fullLine();
    const counted = app.overloaded();
    for (let times = 0; times < 5; times += 1) {
      const reply = await visitor.another().logIn(variant, wrong);
      expect([reply.status, reply.code, reply.setCookies]).toEqual([503, "OVERLOADED", []]);
      expect(reply.headers.get("retry-after")).toBe("1");
    }
    expect(app.overloaded() - counted).toBe(5);
    await empty();
    await hasAllAttempts(visitor);
  });

  test("a password at reauthenticate and at a change is OVERLOADED, the login stays, and no attempt is taken", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    // As from a browser that is not known, whose attempts would be counted apart.
    visitor.device.clear();
    const empty = await fullLine();
    for (let times = 0; times < 5; times += 1) {
      const again = await visitor.post("/api/server-session/reauthenticate", wrong);
      const change = { current: "alice-likes-tea", next: "a good long password" };
      expect([again.code, (await visitor.post("/api/account/password", change)).code]).toEqual([
        "OVERLOADED",
        "OVERLOADED",
      ]);
    }
    await empty();
    expect((await visitor.get("/api/server-session/me")).status).toBe(200);
    await hasAllAttempts(visitor);
  });

  test.for(variants.map(({ id }) => id).filter((id) => !app.missing.has(id)))(
    "what asks for no password is answered as ever: %s",
    async (id) => {
      const visitor = await enterLab(app);
      await visitor.logIn(id);
      await fullLine();
      expect((await visitor.get(`/api/${id.split("/")[0]}/me`)).status).toBe(200);
    },
  );
});

test("a login whose caller hangs up while it waits hashes nothing, and takes no attempt", async () => {
  const visitor = await enterLab(app);
  held = true;
  released = new Promise((resolve) => {
    release = () => {
      held = false;
      resolve();
    };
  });
  const running = Array.from({ length: 8 }, () => app.passwords.verify(null, "anything"));
  await expect.poll(() => atOnce).toBeGreaterThan(0);
  const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
  const gone = new AbortController();
  const asked = Array.from({ length: 3 }, () =>
    app.dispatch(
      new Request(`${app.env.origin}/api/server-session/login`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body: JSON.stringify({ username: "alice", variant, ...wrong }),
        signal: gone.signal,
      }),
    ),
  );
  setTimeout(() => gone.abort(), 20);
  for (const answer of await Promise.all(asked)) expect((await answer.json()).code).toBe("OVERLOADED");
  release();
  await Promise.all(running);
  await hasAllAttempts(visitor);
});

test("a password that could not be judged, because something else failed, takes no attempt", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn(variant);
  visitor.device.clear();
  failure = new StoreUnavailable("people");
  onTestFinished(() => {
    failure = null;
  });
  for (let times = 0; times < 5; times += 1) {
    const change = { current: "alice-likes-tea", next: "a good long password" };
    const codes = [
      (await visitor.another().logIn(variant)).code,
      (await visitor.post("/api/server-session/reauthenticate", wrong)).code,
      (await visitor.post("/api/account/password", change)).code,
    ];
    expect(codes).toEqual(codes.map(() => "STORE_UNAVAILABLE"));
  }
  failure = null;
  await hasAllAttempts(visitor);
});

test("while one network's logins fill all places from many labs, a login from another network gets in", async () => {
  const visitors = await Promise.all(Array.from({ length: 80 }, () => enterLab(app)));
  held = true;
  released = new Promise((resolve) => {
    release = () => {
      held = false;
      resolve();
    };
  });
  const counted = app.overloaded();
  const flood = visitors.map((visitor) => visitor.logIn(variant));
  await expect.poll(() => app.overloaded() - counted).toBeGreaterThan(0);
  const asking = { who: "another network", gone: new AbortController().signal };
  const other = app.passwords.askedBy(asking, () => app.passwords.verify(null, "anything"));
  release();
  await expect(other).resolves.toBe(false);
  const statuses = (await Promise.all(flood)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
});

test("logins at once hash no more than the bound, and all get in", async () => {
  const visitors = await Promise.all(Array.from({ length: 20 }, () => enterLab(app)));
  const empty = await fullLine();
  const bound = atOnce;
  await empty();
  most = 0;
  const replies = await Promise.all(visitors.map((visitor) => visitor.logIn(variant)));
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
  expect(most).toBe(bound);
});
