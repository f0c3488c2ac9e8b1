import { createHash } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import type { Variant } from "../../core/variant.ts";
import { variants } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { credentialCookies, enterLab, flowOf, type Reply, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const offered = variants.filter(({ id }) => !app.missing.has(id));
const password = "a person of long ago";

let made = 0;

/** Letters that hardly compress, other ones at each call. */
const letters = (count: number) =>
  Array.from({ length: Math.ceil(count / 43) }, () => createHash("sha256").update(`${++made}`).digest("base64url"))
    .join("")
    .slice(0, count);

/** A person with names from before these had a bound: the display name has so many letters. */
async function addLongName(visitor: Visitor, count: number): Promise<{ username: string; password: string }> {
  const username = letters(250);
  const passwordHash = await app.passwords.hash(password);
  const names = { username, displayName: letters(count) };
  await app.database.client.user.create({
    data: { labId: labIdOf(app, visitor), id: username.slice(0, 20), ...names, role: "user", passwordHash },
  });
  return { username, password };
}

/** The bytes of name and value of each cookie that is set. */
function sizesOf({ setCookies }: Reply): readonly number[] {
  return setCookies.map((line) => (line.split(";")[0] ?? "").length - 1);
}

async function people(visitor: Visitor) {
  const where = { labId: labIdOf(app, visitor) };
  const { loginRecord, refreshFamily } = app.database.client;
  const live = { ...where, endedAt: null };
  return { records: await loginRecord.count({ where: live }), families: await refreshFamily.count({ where: live }) };
}

describe.for(offered)("$id", ({ id }) => {
  test("a login of a person with long names, from before these had a bound, works or is refused before anything is written", async () => {
    const visitor = await enterLab(app);
    expect((await visitor.logIn(id)).status).toBe(200);
    await visitor.send("PATCH", "/api/lab/settings", { body: { personalData: true } });
    const before = await people(visitor);
    for (const count of [250, 3700]) {
      const other = visitor.copy();
      const reply = await other.logIn(id, await addLongName(other, count));
      if (reply.status === 200) {
        expect(Math.max(0, ...sizesOf(reply))).toBeLessThanOrEqual(4096);
        expect((await other.get(`/api/${flowOf(id)}/me`)).status).toBe(200);
        await other.post(`/api/${flowOf(id)}/logout`);
        expect((await visitor.logIn(id)).status).toBe(200);
        continue;
      }
      expect([reply.status, reply.code, reply.setCookies]).toEqual([422, "UNPROCESSABLE", []]);
      expect(reply.body["detail"]).toMatch(/names are so long/);
      expect(await people(visitor)).toEqual(before);
      expect((await visitor.get(`/api/${flowOf(id)}/me`)).status).toBe(200);
    }
  });
});

test("a name of 3,700 letters is refused where it would be in a cookie, and nowhere else", async () => {
  const visitor = await enterLab(app);
  const person = await addLongName(visitor, 3700);
  const refused: string[] = [];
  for (const { id } of offered) {
    const reply = await visitor.another().logIn(id, person);
    if (reply.status !== 200) refused.push(id);
  }
  expect(refused).toEqual(offered.filter(hasNamesInCookie).map(({ id }) => id));
});

function hasNamesInCookie({ settings, holds }: Variant): boolean {
  const inCookie = holds.some(({ credential, travels }) => credential === "access" && travels === "cookie");
  const isToken = settings.algorithm !== undefined && !settings.proof?.startsWith("id");
  // A state that names its person holds no copy of their names.
  const isCopy = settings.encoding !== undefined && settings.person !== "named";
  return inCookie && (isCopy || isToken);
}

describe.for(offered.filter(({ settings }) => settings.encoding !== undefined))("$id", ({ id }) => {
  test("a cookie full of data goes on working, and can be emptied, when the lab adds personal data and the login slides", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const put = (key: string, length: number) =>
      visitor.send("PUT", `/api/cookie/data/${key}`, { body: { value: letters(length) } });
    await put("first", 10);
    let full = false;
    for (let at = 0; at < 12; at += 1) {
      for (const length of [900, 300, 100, 30, 3]) {
        const reply = await put(`k${at}`, length);
        full ||= reply.code === "PAYLOAD_TOO_LARGE";
        if (reply.status === 204) break;
      }
    }
    expect(full).toBe(true);
    await visitor.send("PATCH", "/api/lab/settings", { body: { personalData: true } });
    for (const act of [
      () => visitor.get("/api/cookie/me"),
      () => visitor.send("DELETE", "/api/cookie/data/first"),
      () => visitor.post("/api/cookie/reauthenticate", { password: "alice-likes-tea" }),
      () => visitor.send("DELETE", "/api/cookie/data"),
    ]) {
      await visitor.post("/api/lab/clock", { advanceSeconds: 61 });
      const reply = await act();
      expect([reply.status, reply.text]).toEqual([200, reply.text]);
      expect(Math.max(0, ...sizesOf(reply))).toBeLessThanOrEqual(4096);
    }
    expect((await visitor.get("/api/cookie/data")).body["data"]).toEqual({});
  });
});

test("a token that does not fit into its cookie any more is not renewed, and its refresh token is not used up", async () => {
  for (const id of ["memory-jwt/http-only-cookie", "hybrid/short-jwt"] as const) {
    const visitor = await enterLab(app);
    const person = await addLongName(visitor, 1000);
    expect((await visitor.logIn(id, person)).status).toBe(200);
    const settings = (personalData: boolean) =>
      visitor.send("PATCH", "/api/lab/settings", { body: { personalData, cookies: { prefix: "__Host-Http-" } } });
    await app.database.client.user.updateMany({
      where: { labId: labIdOf(app, visitor), username: person.username },
      data: { displayName: letters(3700) },
    });
    await settings(true);
    const refused = await visitor.post(`/api/${flowOf(id)}/refresh`);
    expect([id, refused.status, refused.code, refused.setCookies]).toEqual([id, 422, "UNPROCESSABLE", []]);
    await app.database.client.user.updateMany({
      where: { labId: labIdOf(app, visitor), username: person.username },
      data: { displayName: "Short again" },
    });
    expect([id, (await visitor.post(`/api/${flowOf(id)}/refresh`)).status]).toEqual([id, 200]);
  }
});

test("names that are typed in another normal form, or with blanks, share one limit of attempts", async () => {
  const limited = await createTestApplication({ LOGIN_ATTEMPTS: "2" });
  try {
    const visitor = await enterLab(limited);
    const tried = [];
    for (const username of ["zoe\u0301", "zo\u00E9 ", " zo\u00E9"]) {
      tried.push((await visitor.logIn("cookie/sealed", { username, password: "wrong" })).code);
    }
    expect(tried).toEqual(["BAD_CREDENTIALS", "BAD_CREDENTIALS", "TOO_MANY_REQUESTS"]);
  } finally {
    await limited.dispose();
  }
});

test("every variant that keeps a credential in a cookie is played", () => {
  expect(offered.filter((each) => credentialCookies(each).length > 0).length).toBeGreaterThan(10);
});
