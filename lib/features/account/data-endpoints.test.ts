import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { flows } from "../../flows/registry.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { databaseFile } from "../../stores/prisma/migrate.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const keeping = variants.filter(({ cannot }) => !cannot.data);
const others = variants.filter(({ cannot }) => cannot.data);

async function loggedIn(variant: VariantId) {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant)).status).toBe(200);
  return { visitor, ...dataOf(visitor, variant) };
}

/** The endpoints, for one visitor and one flow. */
function dataOf(visitor: Visitor, variant: VariantId) {
  const api = `/api/${flowOf(variant)}/data`;
  return {
    api,
    all: async () => (await visitor.get(api)).body["data"],
    get: (key: string) => visitor.get(`${api}/${key}`),
    put: (key: string, value: unknown) => visitor.send("PUT", `${api}/${key}`, { body: { value } }),
    pop: (key: string) => visitor.send("DELETE", `${api}/${key}`),
    clear: () => visitor.send("DELETE", api),
  };
}

describe.for(keeping)("$id", ({ id }) => {
  test("keeps session data, answers it, pops a value once, and clears the rest with a count", async () => {
    const { all, get, put, pop, clear } = await loggedIn(id);
    expect(await all()).toEqual({});
    expect([(await get("cart")).status, (await get("cart")).code]).toEqual([404, "NOT_FOUND"]);
    for (const value of [["tea"], null, 'a "quoted" word, 50 % – é 🍵']) {
      const reply = await put("cart", value);
      expect([reply.status, reply.text]).toEqual([204, ""]);
      expect((await get("cart")).body).toEqual({ value });
    }
    await put("step", 2);
    await put("constructor", {});
    expect((await pop("step")).body).toEqual({ value: 2 });
    expect((await pop("step")).code).toBe("NOT_FOUND");
    expect(Object.keys((await all()) ?? {}).sort()).toEqual(["cart", "constructor"]);
    expect((await clear()).body).toEqual({ removed: 2 });
    expect((await clear()).body).toEqual({ removed: 0 });
    expect(await all()).toEqual({});
  });

  test("keeps session data over a reauthentication and a changed password, and deletes it at the logout", async () => {
    const { visitor, all, put } = await loggedIn(id);
    await put("cart", ["tea"]);
    const password = { password: demoPasswords["alice"] };
    expect((await visitor.post(`/api/${flowOf(id)}/reauthenticate`, password)).status).toBe(200);
    expect(await all()).toEqual({ cart: ["tea"] });
    const change = { current: demoPasswords["alice"], next: "a quite different horse" };
    expect((await visitor.post("/api/account/password", change)).status).toBe(204);
    expect(await all()).toEqual({ cart: ["tea"] });
    await visitor.post(`/api/${flowOf(id)}/logout`);
    expect(await all()).toBeUndefined();
    await visitor.logIn(id, { password: change.next });
    expect(await all()).toEqual({});
  });

  test("refuses session data without a login", async () => {
    const stranger = dataOf(await enterLab(app), id);
    for (const reply of [await stranger.put("cart", 1), await stranger.pop("cart"), await stranger.clear()]) {
      expect([reply.status, reply.code]).toEqual([401, "NO_CREDENTIAL"]);
      expect(reply.headers.get("www-authenticate")).toMatch(/(^|, )Cookie /);
    }
    expect((await stranger.get("cart")).code).toBe("NO_CREDENTIAL");
  });

  test("refuses a change of session data by another site", async () => {
    const { visitor, api, all, put } = await loggedIn(id);
    await put("cart", ["tea"]);
    const headers = { "sec-fetch-site": "cross-site" };
    for (const [method, path, body] of [
      ["PUT", `${api}/cart`, { value: "theirs" }],
      ["DELETE", `${api}/cart`, undefined],
      ["DELETE", api, undefined],
    ] as const) {
      const reply = await visitor.send(method, path, { headers, ...(body && { body }) });
      expect([reply.status, reply.code]).toEqual([403, "CROSS_SITE_REQUEST"]);
    }
    expect(await all()).toEqual({ cart: ["tea"] });
  });

  test("has room for sixteen values, and refuses one more by name", async () => {
    const { all, put } = await loggedIn(id);
    for (let n = 0; n < 16; n += 1) expect((await put(`k${n}`, n)).status).toBe(204);
    const reply = await put("more", 1);
    expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(reply.body["detail"]).toMatch(/at most 16/);
    expect(Object.keys((await all()) ?? {})).toHaveLength(16);
  });
});

describe.for(others)("$id", ({ id, cannot }) => {
  test("has no session data, and says why", async () => {
    const { visitor, get, put, pop, clear, api } = await loggedIn(id);
    const stranger = dataOf(await enterLab(app), id);
    const replies = [await get("cart"), await put("cart", 1), await pop("cart"), await clear(), await visitor.get(api)];
    for (const reply of [...replies, await stranger.put("cart", 1), await stranger.clear()]) {
      expect([reply.status, reply.code, reply.headers.get("allow")]).toEqual([405, "NOT_SUPPORTED", ""]);
      expect(reply.body["detail"]).toBe(cannot.data);
    }
  });
});

describe("what is put", () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

  test.for([
    ["no value at all", {}, "value: must be there; any JSON will do."],
    ["a bare value", ["tea"], /^body: /],
    ["a field too many", { value: 1, ttl: 5 }, /^body: .*ttl/],
    ["a value of more than 2048 bytes", { value: "é".repeat(1024) }, "value: must have at most 2048 bytes as JSON."],
    ["nine levels of nesting", { value: deep(9) }, "value: must be nested at most 8 deep."],
    [
      "thousands of levels",
      `{"value":${"[".repeat(7000)}${"]".repeat(7000)}}`,
      "body: must be nested at most 32 deep.",
    ],
  ] as const)("%s is UNPROCESSABLE", async ([, body, detail]) => {
    const { visitor, api, all } = await loggedIn("server-session/sql");
    const headers = { "content-type": "application/json" };
    const reply = await visitor.send("PUT", `${api}/cart`, { body, headers });
    expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(reply.body["detail"]).toEqual(detail instanceof RegExp ? expect.stringMatching(detail) : detail);
    expect(await all()).toEqual({});
  });

  test("a value of 2048 bytes and eight levels is accepted", async () => {
    const { put } = await loggedIn("server-session/sql");
    expect((await put("text", "x".repeat(2046))).status).toBe(204);
    expect((await put("deep", deep(8))).status).toBe(204);
  });

  test.for(["Cart", "1", "-a", "a_b", "a b", "é", "__proto__", "x".repeat(33), "%00", "a%2fb"])(
    "the key %s is UNPROCESSABLE, to set and to read",
    async (key) => {
      const { get, put, pop, all } = await loggedIn("server-session/sql");
      const path = key.includes("%") ? key : encodeURIComponent(key);
      for (const reply of [await put(path, 1), await get(path), await pop(path)]) {
        expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
        expect(reply.body["detail"]).toMatch(/^key: must be/);
      }
      expect(await all()).toEqual({});
    },
  );

  test("other methods are METHOD_NOT_ALLOWED, and Allow names the right ones", async () => {
    const { visitor, api } = await loggedIn("server-session/sql");
    const one = await visitor.post(`${api}/cart`);
    expect([one.status, one.headers.get("allow")]).toEqual([405, "GET, PUT, DELETE, HEAD, OPTIONS"]);
    const all = await visitor.send("PUT", api, { body: { value: 1 } });
    expect([all.status, all.headers.get("allow")]).toEqual([405, "GET, DELETE, HEAD, OPTIONS"]);
  });
});

describe("data that stands in a cookie", () => {
  const inCookie = keeping.filter(({ settings }) => settings.encoding);

  test.for(inCookie)("of $id fills the cookie to 4096 bytes and no further, and no value is lost", async ({ id }) => {
    const { visitor, all, put } = await loggedIn(id);
    let refused = null;
    for (let n = 0; n < 16 && !refused; n += 1) {
      const before = await all();
      const reply = await put(
        `k${n}`,
        Buffer.from(Array.from({ length: 300 }, (_, i) => (i * i * (n + 7)) % 251)).toString("base64"),
      );
      if (reply.status === 204) continue;
      refused = reply;
      expect(reply.setCookies).toEqual([]);
      expect(await all()).toEqual(before);
    }
    expect([refused?.status, refused?.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    expect(refused?.body["detail"]).toMatch(/4096 bytes/);
    const value = visitor.cookies.get("__Host-login") ?? "";
    expect(value.length).toBeGreaterThan(3000);
    expect("__Host-login=".length + value.length).toBeLessThanOrEqual(4097);
  });

  test.for(inCookie)(
    "of $id has a warning if anyone can read it: an e-mail address, a card number",
    async ({ id, settings }) => {
      const { visitor, put } = await loggedIn(id);
      expect(await warningsOf(visitor)).toEqual([]);
      await put("form", { contact: "alice@example.org", card: "4111 1111 1111 1111" });
      const warnings = ["data.form.contact has an e-mail address in it.", "data.form.card has a card number in it."];
      expect(await warningsOf(visitor)).toEqual(settings.encoding === "sealed" ? [] : warnings);
    },
  );

  test("that two requests write at once is that of the later answer", async () => {
    const { visitor, all, put } = await loggedIn("cookie/sealed");
    await Promise.all([put("a", 1), put("b", 2)]);
    expect(Object.keys((await all()) ?? {})).toHaveLength(1);
    expect((await visitor.get("/api/cookie/me")).status).toBe(200);
  });

  async function warningsOf(visitor: Visitor): Promise<unknown> {
    const held = Reflect.get(Object((await visitor.get("/api/lab")).body["held"]), "cookie");
    const credentials: unknown = Reflect.get(Object(held), "credentials");
    return Array.isArray(credentials) ? credentials.flatMap(({ warnings }) => warnings) : null;
  }
});

test("two changes at once under different keys both stay, if the server keeps them", async () => {
  for (const { id } of keeping.filter(({ settings }) => settings.store)) {
    const { all, put } = await loggedIn(id);
    await Promise.all([put("a", 1), put("b", 2), put("c", 3)]);
    expect([id, await all()]).toEqual([id, { a: 1, b: 2, c: 3 }]);
  }
});

describe("server-session/file", () => {
  test("a broken file is set aside: its logins are unknown, the lab says so, others go on, and a reset deletes it", async () => {
    const reported = vi.spyOn(console, "error").mockReturnValue();
    const { visitor, put, get } = await loggedIn("server-session/file");
    const elsewhere = await loggedIn("server-session/file");
    await put("cart", 1);
    const folder = `${databaseFile(app.env.DATABASE_URL)}.logins`;
    const filesOf = (lab: string) => readdirSync(folder).filter((each) => each.startsWith(lab));
    const lab = labIdOf(app, visitor);
    const [name = ""] = filesOf(lab);
    writeFileSync(join(folder, name), "{");
    const replies = [await visitor.get("/api/server-session/me"), await get("cart"), await put("cart", 2)];
    for (const { status, code } of replies) expect([status, code]).toEqual([401, "INVALID_CREDENTIAL"]);
    expect((await visitor.copy().post("/api/server-session/logout")).status).toBe(204);
    const [aside] = filesOf(lab).filter((each) => each.startsWith(`${name}.broken-`));
    expect((await visitor.get("/api/lab")).body).toMatchObject({ held: { "server-session": { setAside: [aside] } } });
    expect(reported).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(aside ?? "nothing"));
    reported.mockRestore();
    expect((await elsewhere.get("cart")).code).toBe("NOT_FOUND");
    const again = visitor.another();
    expect((await again.logIn("server-session/file")).status).toBe(200);
    expect((await again.get("/api/server-session/me")).status).toBe(200);
    expect(await app.sweep()).toMatchObject({ records: expect.any(Number) });
    expect(filesOf(lab)).toContain(aside);
    expect((await again.post("/api/lab/reset")).status).toBe(204);
    expect(filesOf(lab)).toEqual([]);
  });

  test("keeps a member called __proto__ as any other, and so does every other place", async () => {
    for (const { id } of keeping) {
      const { visitor, get } = await loggedIn(id);
      const path = `/api/${id.split("/")[0]}/data/cart`;
      const text = '{"value":{"__proto__":{"tea":1}}}';
      expect((await visitor.send("PUT", path, { body: text })).status).toBe(204);
      expect([id, (await get("cart")).text]).toEqual([id, text]);
    }
  });

  test("the file holds hashes, and neither a credential nor a password", async () => {
    const { visitor } = await loggedIn("server-session/file");
    const folder = `${databaseFile(app.env.DATABASE_URL)}.logins`;
    const [name = ""] = readdirSync(folder).filter((each) => each.startsWith(labIdOf(app, visitor)));
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).toContain('"device"');
    const credential = visitor.cookies.get("__Host-sid") ?? "";
    for (const secret of [credential, credential.split(".")[2] ?? credential, demoPasswords["alice"]]) {
      expect(text).not.toContain(secret);
    }
  });
});
