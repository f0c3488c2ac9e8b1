import { describe, expect, test } from "vitest";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { type Experiment, replayedOf } from "../experiment.ts";
import { experiments } from "../experiments.ts";
import { beliefOf } from "./belief.ts";
import { judgingOf } from "./judging.ts";
import type { EventName } from "./lab-events.ts";
import { type Observed, observedIn, reasonOf } from "./reason.ts";
import { reasonedSheet } from "./reasoned-claims.ts";

const variants: readonly Variant[] = flows.flatMap(({ manifest }: { manifest: FlowManifest }) => [
  ...manifest.variants,
]);
const all: readonly Experiment[] = experiments;

function variantOf(id: string): Variant {
  const found = variants.find((variant) => variant.id === id);
  if (!found) throw new Error(`There is no variant ${id}`);
  return found;
}

/** Why, for a variant with its own settings. */
function why(id: string, event: EventName | null, credential: "access" | "refresh", observed: Observed): string {
  const variant = variantOf(id);
  return reasonOf(variant, variant.settings, event, credential, observed);
}

const claimed = { seen: "nothing" } as const;
const stillIn = { seen: "accepted" } as const;
const refused = (code: "REVOKED" | "EXPIRED" | "CLIENT_CHANGED" | "INVALID_CREDENTIAL", decidedBy?: string | null) =>
  ({ seen: "refused", code, ...(decidedBy !== undefined && { decidedBy }) }) as const;

const cells = all.flatMap((experiment) =>
  variants.flatMap((variant) =>
    replayedOf(experiment, variant).flatMap((credential) =>
      experiment.replay.thieves.map((thief) => ({ experiment, variant, credential, thief })),
    ),
  ),
);

const records = ["row", "entry", "record", "family"];

/** The nouns of records that a sentence has. */
function recordsIn(sentence: string): readonly string[] {
  return records.filter((noun) => new RegExp(`\\b${noun}\\b`).test(sentence));
}

describe("every cell of the matrix has a reason", () => {
  test("of one sentence of at most twelve words, that starts with a capital letter and ends with a full stop", () => {
    expect(cells.length).toBeGreaterThan(1000);
    for (const { experiment, variant, credential, thief } of cells) {
      const sentence = reasonOf(variant, variant.settings, experiment.id, credential, { ...claimed, thief });
      expect(sentence.split(" ").length, sentence).toBeLessThanOrEqual(12);
      expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
      expect(sentence).not.toContain("Nothing is claimed");
      expect(sentence).not.toMatch(/null|undefined|refused it with/);
    }
  });

  test("that names a record only where this credential leads to one, and by its own name", () => {
    for (const { experiment, variant, credential, thief } of cells) {
      const sentence = reasonOf(variant, variant.settings, experiment.id, credential, { ...claimed, thief });
      const { record } = judgingOf(variant.settings, credential);
      expect(record === null ? [] : [record], `${variant.id} ${experiment.id}: ${sentence}`).toEqual(
        expect.arrayContaining([...recordsIn(sentence)]),
      );
    }
  });

  test("that is the same for a measured copy that did as claimed", () => {
    for (const { experiment, variant, credential, thief } of cells) {
      const claims = variant.claims[experiment.id] ?? [];
      const claim = claims.find((each) => each.credential === credential && (each.thief ?? thief) === thief);
      if (!claim) throw new Error(`${variant.id} claims nothing of ${credential} in ${experiment.id}`);
      const said = (seen: Observed) => reasonOf(variant, variant.settings, experiment.id, credential, seen);
      expect(said(observedIn({ ...claim, thief }))).toBe(said({ ...claimed, thief }));
    }
  });
});

test.for([
  ["cookie/sealed", "access", "The server kept nothing, so it has nothing to end."],
  ["server-session/sql", "access", "The logout ended its row, and every request looks there."],
  ["memory-jwt/rotating", "access", "The server believes the signature and asks nobody else."],
  ["memory-jwt/rotating", "refresh", "The logout ended its family, and every refresh looks there."],
  ["hybrid/allowlist", "access", "Its signature is good, but the logout ended its row."],
] as const)("after a logout the %s %s says: %s", ([id, credential, sentence]) => {
  expect(why(id, "replay-after-logout", credential, claimed)).toBe(sentence);
});

test("where what was measured is not what is claimed, the words say both and explain neither", () => {
  expect(why("server-session/sql", "replay-after-logout", "access", stillIn)).toBe(
    "Measured: still in. Claimed: refused, REVOKED.",
  );
  expect(why("cookie/sealed", "replay-after-logout", "access", refused("REVOKED", "version"))).toBe(
    "Measured: refused, REVOKED. Claimed: still in for 30 min.",
  );
  expect(why("memory-jwt/rotating", "role-lowered", "access", { ...stillIn, authority: "current" })).toBe(
    "Measured: still in. Claimed: still in for 15 min, with the old role.",
  );
});

test.for([
  ["idle end", "EXPIRED", "Its idle end stopped it, not the logout."],
  ["absolute end", "EXPIRED", "Its absolute end stopped it, not the logout."],
  ["user agent", "CLIENT_CHANGED", "The binding to its client stopped it, not the logout."],
  ["ended record: evicted", "REVOKED", "The cap on logins ended its row, not the logout."],
  ["ended record: replaced", "REVOKED", "A newer login ended its row, not the logout."],
  ["ended record: revoked", "REVOKED", "A revocation ended its row, not the logout."],
  ["version", "REVOKED", "A raised version ended it, not the logout."],
  ["person", "REVOKED", "Disabling the person ended it, not the logout."],
] as const)("a refusal that %s decided is not blamed on the plug", ([decidedBy, code, sentence]) => {
  expect(why("server-session/sql", "replay-after-logout", "access", refused(code, decidedBy))).toBe(sentence);
});

test("a refusal that no step explains names its code and no cause", () => {
  expect(why("server-session/sql", "replay-after-logout", "access", refused("REVOKED", null))).toBe(
    "The server refused it with REVOKED.",
  );
});

test("a refusal without a known event is told by its step, and an ended record by what ended it", () => {
  expect(why("server-session/sql", null, "access", refused("REVOKED", "ended record: logout"))).toBe(
    "A logout ended its row, and every request looks there.",
  );
  expect(why("memory-jwt/rotating", null, "access", refused("EXPIRED", "exp"))).toBe(
    "Its exp has passed, and an exp never moves.",
  );
});

test("words for two causes of one code are never the same", () => {
  const steps = ["ended record: logout", "ended record: evicted", "ended record: replaced", "version", "person"];
  const said = steps.map((step) =>
    why("server-session/sql", "replay-after-logout", "access", refused("REVOKED", step)),
  );
  expect(new Set(said).size).toBe(steps.length);
});

describe("each variant says in one sentence what it believes and what it looks up", () => {
  test.for([
    ["cookie/sealed", "Believes its cookie and keeps nothing."],
    ["cookie/sealed-versioned", "Checks its cookie and looks up the person’s version."],
    ["server-session/sql", "Looks up its row every time."],
    ["server-session/cached", "Looks up its row and believes it for 5 s."],
    ["memory-jwt/rotating", "Believes its signature and asks nobody."],
    ["memory-jwt/denylist", "Checks a signature and looks up the denylist."],
    ["hybrid/allowlist", "Checks a signature and looks up a row."],
    ["hybrid/short-jwt", "Believes its signature, and looks up a row to renew it."],
    ["hybrid/introspected", "Asks a session service, which looks up its row."],
  ] as const)("%s: %s", ([id, sentence]) => {
    expect(beliefOf(variantOf(id))).toBe(sentence);
  });

  test("and the sentence has at most twelve words", () => {
    for (const variant of variants) {
      expect(beliefOf(variant)).toMatch(/^(Believes|Checks|Looks up|Asks) [^.]*\.$/);
      expect(beliefOf(variant).split(" ").length).toBeLessThanOrEqual(12);
    }
  });

  test("a variant without a record and without a policy is the only kind that looks nothing up", () => {
    for (const variant of variants) {
      const { store, revocation, encoding, person, algorithm, proof } = variant.settings;
      const isAlone = revocation === "none" && (encoding !== undefined || (algorithm !== undefined && !proof));
      const looksUp = /looks up/i.test(beliefOf(variant));
      if (proof !== "token-renewed-by-record")
        expect([variant.id, looksUp]).toEqual([variant.id, !isAlone || person !== undefined]);
      if (store === undefined) expect(recordsIn(beliefOf(variant))).toEqual([]);
    }
  });
});

test("a page gets a reason for each claim, and one for both thieves where theirs is the same", () => {
  const { claims, reasons } = reasonedSheet(variantOf("cookie/sealed"));
  expect(claims["replay-after-logout"]).toHaveLength(2);
  expect(reasons["replay-after-logout"]).toEqual([null, "The server kept nothing, so it has nothing to end."]);
  expect(reasons["idle-passed"]).toEqual([
    "Nobody used it, so its idle end has passed.",
    "Each use moves its idle end on.",
  ]);
});
