import { expect } from "vitest";
import { type Claim, lengthOf } from "../core/claim.ts";
import type { Holding } from "../core/credential.ts";
import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { LoginOptions } from "../core/login.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Result } from "../core/result.ts";
import type { Duration, Lifetimes } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import type { Browser } from "./browser.ts";
import { createFlowBench, type FlowBench, passwordOf, type Username } from "./flow-bench.ts";

/** One variant of a flow, with the properties that the contract needs. */
export type Part = {
  readonly variant: Variant;
  readonly manifest: FlowModule["manifest"];
  readonly lifetimes: Lifetimes;
  /** The credentials of a client, from the shortest to the longest life: the last one belongs to the record. */
  readonly held: readonly HeldCredential[];
  readonly last: HeldCredential;
  /** Using the access credential moves the login's idle end on. */
  readonly slides: boolean;
  /** How long an unused credential lives. */
  lifetimeOf(kind: HeldCredential["kind"]): Duration;
  /** How long a login in constant use lives. */
  readonly absolute: Duration;
  /**
   * The refusal that a client gets for this state of its record. A service that introspects is only told "not active"
   * (RFC 7662 §2.2).
   */
  told(code: RefusalCode): RefusalCode;
  readonly keepsRecords: boolean;
  open(around?: Parameters<typeof createFlowBench>[2]): FlowBench;
};

/** A credential in a browser: how to read, replace and present it. */
export type HeldCredential = {
  readonly kind: Claim["credential"];
  read(browser: Browser): string;
  put(browser: Browser, value: string): void;
  present(browser: Browser): Promise<Result<unknown>>;
};

export function partOf(module: FlowModule, id: VariantId): Part {
  const { manifest } = module;
  const variant = manifest.variants.find((each) => each.id === id);
  if (!variant) throw new Error(`There is no variant ${id}`);
  const held = variant.holds.map(heldBy);
  const { lifetimes } = variant.settings;
  // As the variant claims it for a copy of a login that is not ended.
  const lifetimeOf = (kind: HeldCredential["kind"]): Duration => {
    const length = lengthOf(claimOf(variant, "role-lowered", kind).until, variant.settings);
    if (!length) throw new Error(`${id} claims no lifetime of its ${kind} credential`);
    return length;
  };
  const last = required(held.at(-1));
  const tellsWhy = claimed(variant, "replay-after-logout", last.kind) !== "INVALID_CREDENTIAL";
  return {
    variant,
    manifest,
    lifetimes,
    held,
    last,
    slides: held.length === 1,
    lifetimeOf,
    absolute: claimOf(variant, "role-lowered", last.kind).until === "idle" ? lifetimes.absolute : lifetimes.refresh,
    told: (code) => (tellsWhy ? code : "INVALID_CREDENTIAL"),
    keepsRecords: variant.settings.store !== undefined,
    open: (around) => createFlowBench(module, id, around),
  };
}

function heldBy(holding: Holding): HeldCredential {
  const { credential: kind } = holding;
  const present: HeldCredential["present"] = (browser) =>
    kind === "access" ? browser.authenticate() : browser.refresh();
  if (holding.travels === "cookie") {
    return {
      kind,
      read: (browser) => required(browser.cookies.get(holding.cookie)),
      put: (browser, value) => void browser.cookies.set(holding.cookie, value),
      present,
    };
  }
  if (holding.travels === "body") {
    return {
      kind,
      read: (browser) => required(browser.refreshToken),
      put(browser, value) {
        browser.refreshToken = value;
      },
      present,
    };
  }
  return {
    kind,
    read: (browser) => required(browser.accessToken),
    put(browser, value) {
      browser.accessToken = value;
    },
    present,
  };
}

/** A person who is logged in, in a browser of their own. */
export async function loggedIn(bench: FlowBench, username: Username = "alice", options: Partial<LoginOptions> = {}) {
  const browser = bench.browser();
  accepted(await browser.logIn(username, passwordOf(username), options));
  return browser;
}

/** The value of a result; a refusal fails the test with its code. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.code}`);
  return result.value;
}

export function expectRefused(result: Result<unknown>, code: RefusalCode): void {
  expect(result).toMatchObject({ ok: false, code });
}

/** Asserts that each credential is answered as the variant's manifest claims for that experiment. */
export async function expectAsClaimed({ held, variant }: Part, experiment: string, browser: Browser): Promise<void> {
  for (const { kind, present } of held) {
    const result = await present(browser.copy());
    const outcome = result.ok ? "exposed" : result.code;
    expect({ kind, outcome }).toEqual({ kind, outcome: claimed(variant, experiment, kind) });
  }
}

export function claimed(variant: Variant, experiment: string, kind: Claim["credential"]): Claim["outcome"] {
  return claimOf(variant, experiment, kind).outcome;
}

/**
 * The mark behind a requirement's id in a title: `: cannot` if the variant claims that a copy gets in after that
 * experiment. `only`: if just that credential matters.
 */
export function unlessExposed(
  { held, variant }: Part,
  experiment: string,
  only?: Claim["credential"],
): "" | ": cannot" {
  const asked = held.filter(({ kind }) => only === undefined || kind === only);
  return asked.some(({ kind }) => claimed(variant, experiment, kind) === "exposed") ? ": cannot" : "";
}

function claimOf(variant: Variant, experiment: string, kind: Claim["credential"]): Claim {
  const claim = variant.claims[experiment]?.find(({ credential }) => credential === kind);
  if (!claim) throw new Error(`${variant.id} claims nothing of its ${kind} credential in ${experiment}`);
  return claim;
}

function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("This browser does not hold that credential");
  return value;
}
