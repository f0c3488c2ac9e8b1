import { expect, test } from "vitest";
import type { FlowDeps } from "../../core/ports.ts";
import type { Result } from "../../core/result.ts";
import type { Browser } from "../browser.ts";
import { type FlowBench, passwordOf } from "../flow-bench.ts";
import { accepted, expectRefused, loggedIn, type Part } from "../flow-part.ts";

/** Only for variants that keep a record of each login. */
export function successionRules(part: Part): void {
  const { last } = part;

  const again = (browser: Browser) => browser.logIn("alice", passwordOf("alice"));

  /** Of two requests of one browser at once one succeeds. The other sets no cookie, and its login is not kept. */
  async function expectOneSuccessor(bench: FlowBench, tabs: readonly Browser[], answers: readonly Result<unknown>[]) {
    const outcomes = answers.map((answer) => (answer.ok ? "ok" : answer.code));
    expect(outcomes.toSorted()).toEqual(["SUPERSEDED", "ok"]);
    const loser = tabs[answers.findIndex(({ ok }) => !ok)];
    expect(loser?.received).toEqual([]);
    expect(accepted((await bench.flow.list?.("alice-id")) ?? expect.unreachable())).toHaveLength(1);
    const winner = tabs[answers.findIndex(({ ok }) => ok)];
    accepted(await last.present(winner ?? expect.unreachable()));
  }

  test("of two logins at once over one live login one succeeds, and the other is SUPERSEDED and sets no cookie", async () => {
    let meanwhile = async (): Promise<unknown> => null;
    const bench = part.open((ports) => duringThePassword(ports, () => meanwhile()));
    const browser = await loggedIn(bench);
    const tabs = [browser.copy(), browser.copy()];
    // Both requests have begun before one of them is decided.
    let begun = 0;
    const both = Promise.withResolvers<void>();
    meanwhile = () => {
      begun += 1;
      if (begun === tabs.length) both.resolve();
      return both.promise;
    };
    await expectOneSuccessor(bench, tabs, await Promise.all(tabs.map(again)));
  });

  test("of two reauthentications at once one succeeds, and the other is SUPERSEDED and sets no cookie", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const principal = accepted(await browser.authenticate());
    const tabs = [browser.copy(), browser.copy()];
    await expectOneSuccessor(bench, tabs, await Promise.all(tabs.map((tab) => tab.reissue(principal))));
  });

  test("of a login and a reauthentication at once one succeeds, and the other is SUPERSEDED and sets no cookie", async () => {
    let meanwhile = async (): Promise<unknown> => null;
    const bench = part.open((ports) => duringThePassword(ports, () => meanwhile()));
    const browser = await loggedIn(bench);
    const principal = accepted(await browser.authenticate());
    const [one, other] = [browser.copy(), browser.copy()];
    const reissued = Promise.withResolvers<Result<unknown>>();
    meanwhile = async () => reissued.resolve(await other.reissue(principal));
    const answers = [await again(one), await reissued.promise];
    await expectOneSuccessor(bench, [one, other], answers);
  });

  test("a login whose answer was lost is no rival: the same browser logs in again", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    accepted(await again(browser.copy()));
    accepted(await again(browser));
    accepted(await last.present(browser));
  });

  test("a login that was ended for another reason meanwhile is no rival of a new one", async () => {
    let meanwhile = async (): Promise<unknown> => null;
    const bench = part.open((ports) => duringThePassword(ports, () => meanwhile()));
    const browser = await loggedIn(bench);
    const actor = accepted(await browser.authenticate());
    meanwhile = async () => bench.flow.revoke?.(actor, { user: "alice-id", scope: "current" });
    accepted(await again(browser));
    accepted(await last.present(browser));
  });

  test("a login that was ended meanwhile is not reauthenticated", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const actor = accepted(await browser.authenticate());
    await bench.flow.revoke?.(actor, { user: "alice-id", scope: "current" });
    expectRefused(await browser.reissue(actor), "REVOKED");
    expect(accepted((await bench.flow.list?.("alice-id")) ?? expect.unreachable())).toEqual([]);
  });
}

function duringThePassword(ports: FlowDeps, meanwhile: () => Promise<unknown>): FlowDeps {
  const verify: FlowDeps["users"]["verify"] = async (credentials) => {
    const user = await ports.users.verify(credentials);
    await meanwhile();
    return user;
  };
  return { ...ports, users: { ...ports.users, verify } };
}
