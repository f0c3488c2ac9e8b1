import { expect } from "vitest";
import type { Claim } from "../core/experiment.ts";
import type { FlowModule, LoginOptions, Variant, VariantId } from "../core/flow.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Result } from "../core/result.ts";
import type { Lifetimes } from "../core/time.ts";
import type { Browser } from "./browser.ts";
import { createFlowBench, type FlowBench, passwordOf, type Username } from "./flow-bench.ts";

/** One variant of a flow, and what of the contract concerns it. */
export type Part = {
  readonly variant: Variant;
  readonly manifest: FlowModule["manifest"];
  readonly lifetimes: Lifetimes;
  /** What a client holds, in the order of how long it lives: the last one is what a record stands behind. */
  readonly held: readonly Held[];
  readonly last: Held;
  /** Using the credential moves its idle end on. */
  readonly slides: boolean;
  readonly keepsRecords: boolean;
  open(around?: Parameters<typeof createFlowBench>[2]): FlowBench;
};

/** A credential in a browser: where it is, and what presenting it means. */
export type Held = {
  readonly kind: Claim["credential"];
  read(browser: Browser): string;
  put(browser: Browser, value: string): void;
  present(browser: Browser): Promise<Result<unknown>>;
};

export function partOf(module: FlowModule, id: VariantId): Part {
  const { manifest } = module;
  const variant = manifest.variants.find((each) => each.id === id);
  const [cookie] = manifest.cookies;
  if (!variant || !cookie) throw new Error(`There is no variant ${id} with a cookie`);
  const inCookie: Pick<Held, "read" | "put"> = {
    read: (browser) => required(browser.cookies.get(cookie.name)),
    put: (browser, value) => void browser.cookies.set(cookie.name, value),
  };
  const slides = manifest.presents === "cookie";
  const access: Held = slides
    ? { kind: "access", ...inCookie, present: (browser) => browser.authenticate() }
    : {
        kind: "access",
        read: (browser) => required(browser.accessToken),
        put(browser, value) {
          browser.accessToken = value;
        },
        present: (browser) => browser.authenticate(),
      };
  const refresh: Held = { kind: "refresh", ...inCookie, present: (browser) => browser.refresh() };
  return {
    variant,
    manifest,
    lifetimes: variant.settings.lifetimes,
    held: slides ? [access] : [access, refresh],
    last: slides ? access : refresh,
    slides,
    keepsRecords: variant.settings.store !== undefined,
    open: (around) => createFlowBench(module, id, around),
  };
}

/** Somebody who is logged in, in a browser of their own. */
export async function loggedIn(bench: FlowBench, username: Username = "alice", options: Partial<LoginOptions> = {}) {
  const browser = bench.browser();
  accepted(await browser.logIn(username, passwordOf(username), options));
  return browser;
}

/** What a result holds; a refusal fails the test with its code. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.code}`);
  return result.value;
}

export function expectRefused(result: Result<unknown>, code: RefusalCode): void {
  expect(result).toMatchObject({ ok: false, code });
}

/** Each credential answers what the variant's manifest claims for that experiment. */
export async function expectAsClaimed({ held, variant }: Part, experiment: string, browser: Browser): Promise<void> {
  for (const { kind, present } of held) {
    const result = await present(browser.copy());
    const outcome = result.ok ? "exposed" : result.code;
    expect({ kind, outcome }).toEqual({ kind, outcome: claimed(variant, experiment, kind) });
  }
}

export function claimed(variant: Variant, experiment: string, kind: Claim["credential"]): Claim["outcome"] {
  const claim = variant.claims[experiment]?.find(({ credential }) => credential === kind);
  if (!claim) throw new Error(`${variant.id} claims nothing of its ${kind} credential in ${experiment}`);
  return claim.outcome;
}

function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("This browser does not hold that credential");
  return value;
}
