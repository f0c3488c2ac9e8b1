// Shows that each of these fixtures and matchers can fail.
import { type Captured, only } from "../capture.ts";
import { test } from "../fixtures.ts";
import { expect } from "../matchers.ts";
import type { Answer } from "../replay.ts";

const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
const jwt = `${part({ alg: "ES256" })}.${part({ sub: "1", role: "user" })}.c2lnbmF0dXJl`;
const cookie = { value: "a", domain: "localhost", path: "/", expires: -1 } as const;
const captured: Captured = {
  cookies: [
    { ...cookie, name: "sid", httpOnly: true, secure: true, sameSite: "Lax" },
    { ...cookie, name: "csrf", value: "b.c.d", httpOnly: false, secure: false, sameSite: "Strict" },
  ],
  storages: [],
  bearers: [jwt],
};
const answered = (status: number, code: string | null = null): Answer => ({ status, code, headers: {}, body: "" });

test("toBeAccepted passes for 2xx only", () => {
  for (const status of [200, 204]) expect(answered(status)).toBeAccepted();
  for (const status of [303, 401, 500]) {
    expect(answered(status)).not.toBeAccepted();
    expect(() => expect(answered(status)).toBeAccepted()).toThrow(`to be accepted. Answered: ${status}.`);
  }
});

test("toBeRefused passes for 4xx and redirects, and fails for 5xx", () => {
  for (const status of [302, 401, 403, 404]) expect(answered(status)).toBeRefused();
  for (const status of [200, 304, 500])
    expect(() => expect(answered(status)).toBeRefused()).toThrow(`Answered: ${status}.`);
  const revoked = answered(401, "REVOKED");
  expect(revoked).toBeRefused({ status: 401, code: "REVOKED" });
  expect(() => expect(revoked).toBeRefused({ code: "EXPIRED" })).toThrow("with EXPIRED. Answered: 401 REVOKED.");
  expect(() => expect(revoked).toBeRefused({ status: 403 })).toThrow("with 403. Answered: 401 REVOKED.");
  expect(() => expect(revoked).not.toBeRefused()).toThrow("not to be refused. Answered: 401 REVOKED.");
});

test("toHaveCookie names the attributes that differ", async () => {
  await expect(captured).toHaveCookie("sid", {
    httpOnly: true,
    secure: true,
    sameSite: "Lax",
    maxAgeSeconds: "session",
  });
  const wanted = { httpOnly: true, secure: true, domain: ".localhost", path: "/app", maxAgeSeconds: 60 } as const;
  await expect(async () => expect(captured).toHaveCookie("csrf", { ...wanted, sameSite: "Lax" })).rejects.toThrow(
    "It differs: httpOnly is false, secure is false, domain is localhost, path is /, sameSite is Strict, maxAgeSeconds is session.",
  );
  await expect(async () => expect(captured).toHaveCookie("login")).rejects.toThrow("Held: sid, csrf.");
  await expect(async () => expect(captured).not.toHaveCookie("sid")).rejects.toThrow("there is one");
  const expires = Math.round(Date.now() / 1000) + 600;
  const remembered = { ...captured, cookies: captured.cookies.map((each) => ({ ...each, expires })) };
  await expect(remembered).toHaveCookie("sid", { maxAgeSeconds: 600 });
  await expect(remembered).not.toHaveCookie("sid", { maxAgeSeconds: 660 });
});

test("tamper changes the named credential and no other part of a capture", ({ tamper }) => {
  const bearer = (changed: Captured) => (changed.bearers[0] ?? "").split(".");
  const decoded = (text = "") => JSON.parse(Buffer.from(text, "base64url").toString());
  const [header, payload, signature] = jwt.split(".");

  const admin = bearer(tamper.claims(captured, "bearer", { role: "admin" }));
  expect([admin[0], decoded(admin[1]), admin[2]]).toEqual([header, { sub: "1", role: "admin" }, signature]);
  const none = bearer(tamper.unsigned(captured, "bearer"));
  expect([decoded(none[0]), none[1], none[2]]).toEqual([{ alg: "none" }, payload, ""]);
  const flipped = bearer(tamper.flip(captured, "bearer"));
  expect([flipped[0], flipped[1]]).toEqual([header, payload]);
  expect([...(flipped[2] ?? "")].filter((character, index) => character !== signature?.[index])).toHaveLength(1);
  expect(bearer(tamper.flip(captured, "bearer", 1))[2]).toBe(signature);

  const value = (changed: Captured, name: string) => changed.cookies.find((each) => each.name === name)?.value;
  const swapped = tamper.swapNames(captured, "sid", "csrf");
  expect([value(swapped, "sid"), value(swapped, "csrf")]).toEqual(["b.c.d", "a"]);
  expect(value(tamper.cut(captured, { cookie: "csrf" }), "csrf")).toBe("b.");
  // The original capture is unchanged.
  expect([captured.bearers, value(captured, "csrf")]).toEqual([[jwt], "b.c.d"]);
});

test("tamper throws where it would change nothing", ({ tamper }) => {
  expect(() => tamper.value(captured, "bearer", (value) => value)).toThrow("leaves a bearer token as it is");
  expect(() => tamper.flip(captured, { cookie: "login" })).toThrow("Nothing was captured as the cookie login");
  expect(() => tamper.claims(captured, { cookie: "sid" }, {})).toThrow("no JWT");
  expect(() => only(captured, { cookies: ["sid", "login"] })).toThrow("Not among what was captured: login.");
  expect(only(captured, { cookies: ["sid"] })).toMatchObject({ cookies: [{ name: "sid" }], bearers: [] });
});

test("a fixture that lacks a setting names it in its error", async ({ logIn, replay, expire }) => {
  await expect(() => replay(captured)).rejects.toThrow("application: { me }");
  await expect(() => logIn()).rejects.toThrow("application: { logIn }");
  await expect(() => expire.after(1)).rejects.toThrow("application: { passTime }");
});

test("a capture has tokens that a page sent, and storages are copied and planted", async ({
  capture,
  context,
  page,
  secondDevice,
}) => {
  const origin = "http://application.test";
  await context.route(`${origin}/**`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto(origin);
  await page.evaluate(async (token) => {
    localStorage.setItem("theme", "dark");
    sessionStorage.setItem("token", token);
    await fetch("/me", { headers: { authorization: `Bearer ${token}` } });
  }, jwt);
  const copy = await capture({ given: ["from a body"] });
  expect(copy.bearers).toEqual([jwt, "from a body"]);
  expect(copy.storages).toEqual([{ origin, local: { theme: "dark" }, session: { token: jwt } }]);

  const device = await secondDevice({ holding: copy });
  await device.route(`${origin}/**`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  const there = await device.newPage();
  await there.goto(origin);
  const held = () => there.evaluate(() => [localStorage.getItem("theme"), sessionStorage.getItem("token")]);
  expect(await held()).toEqual(["dark", jwt]);
  // A removed entry is not planted again.
  await there.evaluate(() => sessionStorage.removeItem("token"));
  await there.reload();
  expect(await held()).toEqual(["dark", null]);
});
