import { expect, test } from "vitest";
import { type Claim, exposed, refused } from "@/lib/core/claim.ts";
import { lifetimePresets } from "@/lib/core/time.ts";
import type { Reading } from "@/lib/lab/experiment.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import { type MatrixExperiment, type MatrixVariant, meaningsOf, readCell } from "./matrix-words.ts";

const experiment: MatrixExperiment = {
  id: "replay-after-logout",
  title: "Logout",
  question: "Does the copy still get in?",
  group: "owner",
  steps: [],
  replay: { at: "own-flow", credentials: ["access", "refresh"], thieves: ["silent", "active"] },
};

function variantWith(claims: readonly Claim[], credentials: MatrixVariant["credentials"] = ["access"]): MatrixVariant {
  return {
    id: "memory-jwt/rotating",
    title: "Rotating",
    flow: "memory-jwt",
    safety: "safe",
    isDefault: true,
    credentials,
    words: {
      access: { name: "access token", check: "believes a signature" },
      refresh: { name: "refresh token", check: "looks up a row" },
    },
    claims: { [experiment.id]: claims },
    means: { INVALID_CREDENTIAL: "The service does not say why." },
    settings: { revocation: "none", lifetimes: lifetimePresets.standard },
  };
}

function playedAs(holds: boolean, ...observed: readonly Reading[]): MatrixCell {
  const whose = { experiment: experiment.id, variant: "memory-jwt/rotating" };
  return { ...whose, expected: [], observed, holds, steps: [], milliseconds: 1, playedAt: "2026-01-01T00:00:00.000Z" };
}

const revoked = { credential: "access", outcome: "REVOKED", until: "at-once" } as const;
const stillIn = { credential: "access", outcome: "exposed", until: "idle", authority: "current" } as const;
const byBoth = (line: Claim): readonly Reading[] => [
  { ...line, thief: "silent" },
  { ...line, thief: "active" },
];

test("a cell that was not played shows its claim as a claim", () => {
  const cell = readCell(variantWith(refused("access", "REVOKED")), experiment, "silent", undefined);
  expect(cell).toMatchObject({ standing: "claimed", words: "claimed, not played yet" });
  expect(cell.lines).toMatchObject([{ credential: "access", said: "REVOKED", claimed: null }]);
});

test("a cell whose observation is as claimed shows it once and says so", () => {
  const cell = readCell(
    variantWith(refused("access", "REVOKED")),
    experiment,
    "silent",
    playedAs(true, ...byBoth(revoked)),
  );
  expect(cell).toMatchObject({ standing: "as-claimed", words: "as claimed", lines: [{ claimed: null }] });
});

test("a cell whose observation differs shows both for that credential", () => {
  const variant = variantWith([...exposed("access", "idle"), ...refused("refresh", "REVOKED")], ["access", "refresh"]);
  const played = playedAs(false, ...byBoth(stillIn), ...byBoth({ ...stillIn, credential: "refresh" }));
  const cell = readCell(variant, experiment, "active", played);
  expect(cell).toMatchObject({ standing: "differs", words: "not as claimed" });
  expect(cell.lines).toMatchObject([
    { credential: "access", said: "still in, 30 min", claimed: null },
    { credential: "refresh", said: "still in, 30 min", claimed: "REVOKED" },
  ]);
});

test("a cell says when only the other thief's reading differs", () => {
  const variant = variantWith(exposed("access", "idle"));
  const played = playedAs(false, { ...stillIn, thief: "silent" }, { ...revoked, thief: "active" });
  expect(readCell(variant, experiment, "silent", played)).toMatchObject({
    standing: "other-differs",
    words: "as claimed of this thief, not of the one who keeps using it: access REVOKED, claimed: 30 min",
    lines: [{ claimed: null }],
  });
  expect(readCell(variant, experiment, "active", played)).toMatchObject({
    standing: "differs",
    lines: [{ said: "REVOKED", claimed: "30 min" }],
  });
});

test("an old role counts as a difference, and a claim that would read like the observation is shown in full", () => {
  const role = readCell(
    variantWith(exposed("access", "idle")),
    experiment,
    "silent",
    playedAs(false, ...byBoth({ ...stillIn, authority: "stale" })),
  );
  expect(role.lines).toMatchObject([{ said: "still in, 30 min with the old role", claimed: "30 min" }]);
  const forged = readCell(
    variantWith(exposed("access", "idle", "forged")),
    experiment,
    "silent",
    playedAs(false, ...byBoth(stillIn)),
  );
  expect(forged.lines).toMatchObject([{ claimed: "in, to its idle end (30 min), as anybody" }]);
});

test("a copy that ended outside of any lifetime shows its duration beside the claim", () => {
  const ended = { acceptedAfter: 890, refusedAfter: 900 };
  const early = playedAs(false, ...byBoth(stillIn).map((each) => ({ ...each, until: null, ended })));
  expect(readCell(variantWith(exposed("access", "idle")), experiment, "silent", early)).toMatchObject({
    standing: "differs",
    lines: [{ said: "still in, 15 min", claimed: "30 min" }],
  });
});

test("a cell that does not hold is never shown as holding", () => {
  const cell = readCell(
    variantWith(exposed("access", "idle")),
    experiment,
    "silent",
    playedAs(false, ...byBoth(stillIn)),
  );
  expect(cell).toMatchObject({ standing: "differs", words: "not as claimed" });
});

test("a cell says what its codes mean with this variant, each once, where the variant has words of its own", () => {
  const unknown = refused("access", "INVALID_CREDENTIAL");
  const meant = [{ code: "INVALID_CREDENTIAL", meaning: "The service does not say why." }];
  expect(meaningsOf(variantWith(unknown), unknown.flatMap(byBoth))).toEqual(meant);
  expect(meaningsOf(variantWith(unknown), [revoked, stillIn])).toEqual([]);
});
