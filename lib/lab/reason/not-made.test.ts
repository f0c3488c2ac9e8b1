import { readFile } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { findVariant, variants } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab } from "../../testing/visitor.ts";
import { watchExchanges } from "../../testing/watch-exchanges.ts";
import type { CallNotMade } from "../feed/exchange.ts";
import { notMadeBy } from "./not-made.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

/** The calls to a policy that each policy cannot make. */
const lacks = { none: ["check", "end", "endAll"], denylist: ["endAll"], "user-version": ["end"] } as const;
const methods = ["check", "end", "endAll"] as const;

async function lineOf({ at }: CallNotMade): Promise<string> {
  return at ? ((await readFile(at.file, "utf8")).split("\n")[at.line - 1] ?? "") : "";
}

test.for(variants.map(({ id }) => ({ id })))(
  "$id: a call that its revocation policy cannot make is told as not made, at the line of the flow that came to it",
  async ({ id }) => {
    const [flow = ""] = id.split("/");
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    await visitor.logIn(id);
    await visitor.get(`/api/${flow}/me`);
    await visitor.post(`/api/${flow}/logout`);
    const exchanges = await seen();
    const told = exchanges.flatMap(({ notMade = [] }) => notMade);
    const cannot: readonly string[] = lacks[findVariant(id)?.settings.revocation ?? "none"];
    for (const call of told) {
      expect(call.actor).toBe("policy");
      expect(cannot).toContain(call.did);
      expect(await lineOf(call)).toMatch(new RegExp(`revocation\\.${call.did}\\b`));
    }
    // Flows that ask a policy at all: a credential of theirs has no record of its own.
    const asks = flow === "cookie" || flow === "memory-jwt";
    const didOf = (action: string) =>
      exchanges.filter((each) => each.action === action).flatMap(({ notMade = [] }) => notMade.map(({ did }) => did));
    expect(didOf("me")).toEqual(asks && cannot.includes("check") ? ["check"] : []);
    const ends = findVariant(id)?.settings.logout !== "forgets";
    expect(didOf("logout").includes("endAll")).toBe(asks && ends && cannot.includes("endAll"));
  },
);

test("a call that the policy makes has no words, and one that it cannot make says so of the variant by its title", () => {
  for (const [revocation, cannot] of Object.entries(lacks) as [keyof typeof lacks, readonly string[]][]) {
    const variant = variants.find(({ settings }) => settings.revocation === revocation);
    if (!variant) throw new Error(`No variant has ${revocation}`);
    const words = notMadeBy(variant);
    for (const did of methods) {
      if (cannot.includes(did)) expect(words(did)?.why).toContain(`“${variant.title}”`);
      else expect(words(did)).toBeNull();
    }
    expect(words("then")).toBeNull();
  }
});
