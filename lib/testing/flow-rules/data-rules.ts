import { expect, test } from "vitest";
import { minute } from "../../core/time.ts";
import type { Browser } from "../browser.ts";
import { accepted, claimed, expectRefused, loggedIn, type Part } from "../flow-part.ts";

const cart = [{ article: "tea", amount: 2 }];

const put = async (browser: Browser, key: string, value: Parameters<Setting>[1]) =>
  accepted(await browser.withData((data) => data.set(key, value)));
const all = async (browser: Browser) => accepted(await browser.withData((data) => data.all()));
type Setting = (key: string, value: typeof cart | string | null | number) => void;

/** The rules for session data of a flow. */
export function dataRules(part: Part): void {
  test("a new login has no session data; a value that is set is there on the next request, and can be replaced", async () => {
    const browser = await loggedIn(part.open());
    expect(await all(browser)).toEqual({});
    expect(accepted(await browser.withData((data) => data.get("cart")))).toBeNull();
    await put(browser, "cart", cart);
    await put(browser, "step", null);
    expect(await all(browser)).toEqual({ cart, step: null });
    await put(browser, "cart", "empty");
    expect(accepted(await browser.withData((data) => data.get("cart")))).toEqual({ value: "empty" });
    expect(accepted(await browser.withData((data) => data.get("step")))).toEqual({ value: null });
  });

  test("removing answers the removed value, once; clearing answers the number of values", async () => {
    const browser = await loggedIn(part.open());
    await put(browser, "cart", cart);
    await put(browser, "step", 2);
    const remove = () => browser.withData((data) => data.remove("cart"));
    expect(accepted(await remove())).toEqual({ ok: true, value: { value: cart } });
    expect(accepted(await remove())).toEqual({ ok: true, value: null });
    expect(await all(browser)).toEqual({ step: 2 });
    const clear = () => browser.withData((data) => data.clear());
    expect(accepted(await clear())).toEqual({ ok: true, value: 1 });
    expect(accepted(await clear())).toEqual({ ok: true, value: 0 });
    expect(await all(browser)).toEqual({});
  });

  test("names of object prototypes are keys like any other", async () => {
    const browser = await loggedIn(part.open());
    expect(accepted(await browser.withData((data) => data.get("constructor")))).toBeNull();
    expect(accepted(await browser.withData((data) => data.remove("constructor")))).toEqual({ ok: true, value: null });
    await put(browser, "constructor", 1);
    expect(await all(browser)).toEqual({ constructor: 1 });
  });

  test("the seventeenth key is UNPROCESSABLE and not kept; the sixteen others can still be changed", async () => {
    const browser = await loggedIn(part.open());
    for (let n = 0; n < 16; n += 1) await put(browser, `k${n}`, n);
    expect(await browser.withData((data) => data.set("more", 1))).toMatchObject({ value: { code: "UNPROCESSABLE" } });
    await put(browser, "k0", "changed");
    expect(Object.keys(await all(browser))).toHaveLength(16);
  });

  test("[WSTG-SESS-08] session data belongs to one login: another login of the same person has none of it", async () => {
    const bench = part.open();
    const [here, there, bob] = [await loggedIn(bench), await loggedIn(bench), await loggedIn(bench, "bob")];
    await put(here, "cart", cart);
    for (const other of [there, bob]) expect(await all(other)).toEqual({});
    await put(there, "cart", "theirs");
    expect(await all(here)).toEqual({ cart });
  });

  test("session data stays with a login that gets a new credential, and a copy of the old one does not read later values", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    const copy = browser.copy();
    accepted(await browser.reissue(accepted(await browser.authenticate())));
    expect(await all(browser)).toEqual({ cart });
    await put(browser, "cart", "more");
    const seen = await copy.withData((data) => data.all());
    // A copied cookie that cannot be revoked keeps its own old data, and never gets later values.
    expect(seen.ok ? seen.value : {}).not.toEqual({ cart: "more" });
  });

  test("session data stays with the login that changed the password", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    const principal = accepted(await browser.authenticate());
    await bench.ports.users.raiseVersion("alice-id");
    accepted(await browser.reissue(principal));
    expect(await all(browser)).toEqual({ cart });
  });

  if (part.slides)
    test("sliding keeps session data, and using session data slides", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      await put(browser, "cart", cart);
      bench.clock.advance(part.lifetimes.idle - minute);
      expect(await all(browser)).toEqual({ cart });
      bench.clock.advance(part.lifetimes.idle - minute);
      expect(await all(browser)).toEqual({ cart });
    });

  test("session data is deleted at the logout: the next login in that browser has none", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    accepted(await browser.logOut());
    expectRefused(await browser.withData((data) => data.all()), "NO_CREDENTIAL");
    const again = await loggedIn(bench);
    expect(await all(again)).toEqual({});
  });

  test("[WSTG-SESS-08] a login that replaces another has no session data, also of the same person", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    accepted(await browser.logIn("alice", "alice likes tea"));
    expect(await all(browser)).toEqual({});
  });

  test("session data counts as long as the login: a copy after a logout is answered as claimed", async () => {
    const browser = await loggedIn(part.open());
    await put(browser, "cart", cart);
    const copy = browser.copy();
    accepted(await browser.logOut());
    const result = await copy.withData((data) => data.all());
    const outcome = result.ok ? "exposed" : result.code;
    expect(outcome).toBe(claimed(part.variant, "replay-after-logout", "access"));
  });

  if (!part.keepsRecords) return;

  test("the server keeps no session data of an ended login", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    const { recordId = "" } = accepted(await browser.authenticate());
    expect(await bench.ports.data.all(recordId)).toEqual({ cart });
    accepted(await browser.logOut());
    expect(await bench.ports.data.all(recordId)).toEqual({});
    expect(await bench.ports.data.set(recordId, "cart", cart)).toBe("gone");
  });

  test("a change to session data is REVOKED if the login ends between authentication and change", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const { recordId = "" } = accepted(await browser.authenticate());
    const late = await browser.withData(async (data) => {
      await bench.ports.records.end(recordId, { at: bench.clock.now(), reason: "revoked" });
      return data.set("cart", cart);
    });
    expect(accepted(late)).toEqual({ ok: false, code: "REVOKED" });
  });
}
