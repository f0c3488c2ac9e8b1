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
  test("a login begins with nothing; what is set is there on the next request, and set again it is another value", async () => {
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

  test("removing answers what was there, once; clearing answers how many values that were", async () => {
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

  test("names that every object has are keys like any other", async () => {
    const browser = await loggedIn(part.open());
    expect(accepted(await browser.withData((data) => data.get("constructor")))).toBeNull();
    expect(accepted(await browser.withData((data) => data.remove("constructor")))).toEqual({ ok: true, value: null });
    await put(browser, "constructor", 1);
    expect(await all(browser)).toEqual({ constructor: 1 });
  });

  test("the seventeenth key is UNPROCESSABLE and changes nothing; the sixteen others may still be changed", async () => {
    const browser = await loggedIn(part.open());
    for (let n = 0; n < 16; n += 1) await put(browser, `k${n}`, n);
    expect(await browser.withData((data) => data.set("more", 1))).toMatchObject({ value: { code: "UNPROCESSABLE" } });
    await put(browser, "k0", "changed");
    expect(Object.keys(await all(browser))).toHaveLength(16);
  });

  test("[WSTG-SESS-08] it is the login's own: another login of the same person has none of it", async () => {
    const bench = part.open();
    const [here, there, bob] = [await loggedIn(bench), await loggedIn(bench), await loggedIn(bench, "bob")];
    await put(here, "cart", cart);
    for (const other of [there, bob]) expect(await all(other)).toEqual({});
    await put(there, "cart", "theirs");
    expect(await all(here)).toEqual({ cart });
  });

  test("it stays with the login when that gets a new credential, and no copy of the old one meets it again", async () => {
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

  test("a changed password keeps it with the login that changed it", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    const principal = accepted(await browser.authenticate());
    await bench.ports.users.raiseVersion("alice-id");
    accepted(await browser.reissue(principal));
    expect(await all(browser)).toEqual({ cart });
  });

  if (part.slides)
    test("sliding keeps it, and using it slides", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      await put(browser, "cart", cart);
      bench.clock.advance(part.lifetimes.idle - minute);
      expect(await all(browser)).toEqual({ cart });
      bench.clock.advance(part.lifetimes.idle - minute);
      expect(await all(browser)).toEqual({ cart });
    });

  test("after a logout nobody has it: the next login in that browser begins with nothing", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    accepted(await browser.logOut());
    expectRefused(await browser.withData((data) => data.all()), "NO_CREDENTIAL");
    const again = await loggedIn(bench);
    expect(await all(again)).toEqual({});
  });

  test("[WSTG-SESS-08] a login in the place of another begins with nothing, also the same person's", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    accepted(await browser.logIn("alice", "alice likes tea"));
    expect(await all(browser)).toEqual({});
  });

  test("it counts for as long as the login does: a copy after a logout is answered as everywhere", async () => {
    const browser = await loggedIn(part.open());
    await put(browser, "cart", cart);
    const copy = browser.copy();
    accepted(await browser.logOut());
    const result = await copy.withData((data) => data.all());
    const outcome = result.ok ? "exposed" : result.code;
    expect(outcome).toBe(claimed(part.variant, "replay-after-logout", "access"));
  });

  if (!part.keepsRecords) return;

  test("of a login that ended, the server keeps nothing", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await put(browser, "cart", cart);
    const { recordId = "" } = accepted(await browser.authenticate());
    expect(await bench.ports.data.all(recordId)).toEqual({ cart });
    accepted(await browser.logOut());
    expect(await bench.ports.data.all(recordId)).toEqual({});
    expect(await bench.ports.data.set(recordId, "cart", cart)).toBe("gone");
  });

  test("a login that is ended between the question who is asking and the change is REVOKED, and nothing is kept", async () => {
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
