import { expect, test } from "vitest";
import { acting } from "../../core/flow.ts";
import { passwordOf } from "../flow-bench.ts";
import { accepted, claimed, expectRefused, loggedIn, type Part } from "../flow-part.ts";

/** Only for variants that keep a record of each login. */
export function actingRules(part: Part): void {
  const { variant, last, told } = part;
  const outlives = claimed(variant, "replay-after-logout", last.kind) === "exposed";

  test("a live login may act", async () => {
    const bench = part.open();
    expect(accepted(await (await loggedIn(bench)).authenticate(acting)).user.username).toBe("alice");
  });

  test("a copy of a login that was replaced may not act, whatever its token is good to", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    accepted(await browser.logIn("alice", passwordOf("alice")));
    expectRefused(await copy.authenticate(acting), told("REVOKED"));
    accepted(await browser.authenticate(acting));
  });

  test(`a copy of a login that was logged out ${outlives ? "may" : "may not"} act`, async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    accepted(await browser.logOut());
    if (outlives) accepted(await copy.authenticate(acting));
    else expectRefused(await copy.authenticate(acting), told("REVOKED"));
  });

  test("a login from before a new version of its person may not act", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await bench.ports.users.raiseVersion("alice-id");
    expectRefused(await browser.authenticate(acting), told("REVOKED"));
  });
}
