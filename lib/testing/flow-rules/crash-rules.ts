import { expect, test } from "vitest";
import type { FlowDeps } from "../../core/ports.ts";
import { passwordOf } from "../flow-bench.ts";
import { accepted, claimed, expectAsClaimed, loggedIn, type Part } from "../flow-part.ts";

class Killed extends Error {}

/** The ports that outlive a request: a crash leaves half-done work in these. */
const lasting = ["users", "records", "families", "revocation"] as const;

/** No operation makes more calls than this; one that does is never seen to end. */
const mostCalls = 40;

/** Lets a process die around its n-th call to a port, either before the call took effect or after. */
function createKiller() {
  let left = Number.POSITIVE_INFINITY;
  let when: "before" | "after" = "before";

  function mortal<T extends object>(port: T): T {
    return new Proxy(port, {
      get(target, property, receiver) {
        const member: unknown = Reflect.get(target, property, receiver);
        if (typeof member !== "function") return member;
        return async (...parameters: unknown[]) => {
          left -= 1;
          if (left !== 0) return Reflect.apply(member, target, parameters);
          if (when === "after") await Reflect.apply(member, target, parameters);
          throw new Killed();
        };
      },
    });
  }

  return {
    around: (ports: FlowDeps): FlowDeps => ({
      ...ports,
      ...Object.fromEntries(lasting.map((name) => [name, mortal(ports[name])])),
    }),
    /** False: it was over before the n-th call. */
    async dies(call: number, at: typeof when, act: () => Promise<unknown>): Promise<boolean> {
      [left, when] = [call, at];
      try {
        await act();
        return false;
      } catch (error) {
        if (error instanceof Killed) return true;
        throw error;
      } finally {
        left = Number.POSITIVE_INFINITY;
      }
    },
  };
}

/** Tells `after` about each place where the process can die in an operation. Answers how many there were. */
async function atEveryStep(
  part: Part,
  scene: (bench: ReturnType<Part["open"]>) => Promise<{ act(): Promise<unknown>; after(): Promise<void> }>,
): Promise<number> {
  let deaths = 0;
  for (const at of ["before", "after"] as const) {
    for (let call = 1; call <= mostCalls; call += 1) {
      const killer = createKiller();
      const { act, after } = await scene(part.open(killer.around));
      if (!(await killer.dies(call, at, act))) break;
      deaths += 1;
      await after();
    }
  }
  return deaths;
}

/**
 * A process can die between any two steps. The state that it leaves must neither let a stranger in nor lock a person
 * out.
 */
export function crashRules(part: Part): void {
  const { variant, held, last } = part;

  test("after a crash at any step of a login no credential gets in, and the person can log in again", async () => {
    const deaths = await atEveryStep(part, async (bench) => {
      const browser = await loggedIn(bench);
      const before = browser.copy();
      return {
        act: () => browser.logIn("alice", passwordOf("alice")),
        async after() {
          // There was no answer, so the client has no credential.
          for (const { read } of held) expect(read(browser)).toBe(read(before));
          accepted(await browser.logIn("alice", passwordOf("alice")));
          for (const { present } of held) accepted(await present(browser));
        },
      };
    });
    expect(deaths).toBeGreaterThan(0);
  });

  test("after a crash at any step of a logout a second logout ends the login", async () => {
    const deaths = await atEveryStep(part, async (bench) => {
      const browser = await loggedIn(bench);
      const copy = browser.copy();
      return {
        act: () => browser.logOut(),
        async after() {
          accepted(await browser.logOut());
          await expectAsClaimed(part, "replay-after-logout", copy);
        },
      };
    });
    const touches = variant.settings.store !== undefined || variant.settings.revocation !== "none";
    expect(deaths > 0 || !touches).toBe(true);
  });

  test("after a crash at any step of a logout, the cookies are still there to ask again with", async () => {
    await atEveryStep(part, async (bench) => {
      const browser = await loggedIn(bench);
      const set: string[] = [];
      const { accessToken, refreshToken } = browser;
      const request = {
        cookies: {
          get(name: string) {
            const value = browser.cookies.get(name);
            return value ? { name, value } : undefined;
          },
          set: (name: string) => void set.push(name),
          fits: () => true,
        },
        client: { ip: "192.0.2.7", userAgent: "", device: "" },
        ...(accessToken && { bearer: accessToken }),
        ...(refreshToken && { refreshToken }),
      };
      return { act: () => bench.flow.logout(request), after: async () => expect(set).toEqual([]) };
    });
  });

  test("after a crash at any step of its use the login goes on", async () => {
    const deaths = await atEveryStep(part, async (bench) => {
      const browser = await loggedIn(bench);
      bench.clock.advance(part.lifetimes.touchEvery);
      return {
        act: () => last.present(browser),
        async after() {
          const tab = browser.copy();
          accepted(await last.present(browser));
          // A second tab asks at the same time with the shared credentials: that is no theft.
          accepted(await last.present(tab));
          accepted(await last.present(browser));
        },
      };
    });
    const touches = variant.settings.store !== undefined || variant.settings.revocation !== "none";
    expect(deaths > 0 || !touches).toBe(true);
  });

  if (!variant.cannot.revoke) {
    test("after a crash at any step of a revocation a second one ends all logins", async () => {
      const deaths = await atEveryStep(part, async (bench) => {
        const browser = await loggedIn(bench);
        const copy = browser.copy();
        const actor = accepted(await browser.authenticate());
        const revoke = () => bench.flow.revoke?.(actor, { user: actor.user.id, scope: "all" }) ?? Promise.reject();
        return {
          act: revoke,
          async after() {
            await revoke();
            for (const { kind, present } of held) {
              const result = await present(copy.copy());
              expect(result.ok ? "exposed" : result.code).toBe(claimed(variant, "replay-after-revoke-all", kind));
            }
          },
        };
      });
      expect(deaths).toBeGreaterThan(0);
    });
  }
}
