import type { Instant } from "../../core/time.ts";
import type { BenchHoldings } from "./bench-server.ts";
import type { BenchActor, BenchEvent, BenchStep, BenchTree, TokenName } from "./model.ts";

export type Ledger = ReturnType<typeof createLedger>;

/**
 * Records what happened, step by step, with the family's state after each. Tokens get short names, and no credential
 * and no random value is recorded: two runs of one seed are the same word for word.
 */
export function createLedger(look: {
  now(): Instant;
  held(): BenchHoldings;
  /** Hashes of what the browser and the thief hold. */
  holding(): { readonly browser: string | null; readonly thief: string | null };
}) {
  const began = look.now();
  // Bounded: by the tokens of one run, with which it ends.
  const names = new Map<string, TokenName>();
  const letters = new Map<string, string>();
  /** Tokens that have a first successor already. */
  const parents = new Set<string>();
  const later = [..."bcdefghijklmnopqrstuvwxyz"];
  const steps: BenchStep[] = [];
  let notes: Omit<BenchStep, "tree">[] = [];
  let settling = false;

  const nameOf = (hash: string | null) => (hash === null ? null : (names.get(hash) ?? null));
  const since = (instant: Instant) => instant - began;

  /** A first successor has its parent's letter, so a branch is called the same all the way down; another one begins a new letter. */
  function letterFor(parent: string | null): string {
    if (parent === null) return "";
    const inherited = parents.has(parent) ? undefined : letters.get(parent);
    parents.add(parent);
    return inherited ?? later.shift() ?? `-${names.size}`;
  }

  function name(tokens: BenchHoldings["tokens"]): void {
    for (const { hash, generation, parent } of tokens) {
      if (names.has(hash)) continue;
      const letter = letterFor(parent);
      letters.set(hash, letter);
      names.set(hash, `R${generation}${letter}`);
    }
  }

  function tree(): BenchTree {
    const { tokens, ended } = look.held();
    name(tokens);
    const { browser, thief } = look.holding();
    return {
      tokens: tokens.map(({ hash, generation, parent, usedAt }) => ({
        name: nameOf(hash) ?? "",
        generation,
        parent: nameOf(parent),
        usedAt: usedAt === null ? null : since(usedAt),
      })),
      ended: ended && { reason: ended.reason, at: since(ended.at) },
      holding: { browser: nameOf(browser), thief: nameOf(thief) },
    };
  }

  return {
    nameOf,
    /** As it is before anything happens: names the token that the login gave. */
    begin: tree,
    note(actor: BenchActor, event: BenchEvent): void {
      notes.push({ actor, event, at: since(look.now()), settling });
    },
    /** The turn is over: everything noted in it left this behind. */
    close(): void {
      if (notes.length === 0) return;
      const left = tree();
      steps.push(...notes.map((note) => ({ ...note, tree: left })));
      notes = [];
    },
    settle(): void {
      settling = true;
    },
    steps: (): readonly BenchStep[] => steps,
  };
}
