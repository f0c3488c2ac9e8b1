import type { FlowDeps, RefreshFamilies } from "../../core/ports.ts";
import type { Duration, Instant } from "../../core/time.ts";
import type { FamilyTables, Gate } from "./bench-server.ts";
import type { RefreshStrategy } from "./model.ts";

/** The ports that a strategy may replace, and the parts that it may use for that. */
export type StrategyPorts = {
  readonly ports: Pick<FlowDeps, "families" | "secrets">;
  readonly tables: FamilyTables;
  /** Used tokens and when, in the memory of the process: a restart forgets it. */
  readonly marks: Map<string, Instant>;
  readonly gate: Gate;
  readonly now: () => Instant;
  readonly grace: Duration;
};

/**
 * The flow is the same in each. A strategy is another grace, or ports that answer otherwise: a store that is asked in
 * several steps, or says less than it should.
 */
type AppliedStrategy = RefreshStrategy & {
  /** Absent: as the variant has it. */
  readonly grace?: Duration;
  /** Ports of its own, already gated. Absent: the ones that there are. */
  replacePorts?(ports: StrategyPorts): Pick<FlowDeps, "families" | "secrets">;
};

export const refreshStrategies: readonly AppliedStrategy[] = [
  {
    id: "none",
    title: "No rotation",
    summary: "A refresh token stays good until its family ends; whoever has a copy has as much as its owner.",
    safety: "unsafe",
    replacePorts: unrotated,
  },
  {
    id: "naive",
    title: "Naive rotation",
    summary:
      "Looks whether the token is used, then writes: two steps with a gap. Which ones were used stands in the memory of the process, and each successor is a new random number.",
    safety: "unsafe",
    grace: 0,
    replacePorts: naive,
  },
  {
    id: "atomic",
    title: "Atomic rotation",
    summary:
      "One conditional update exchanges a token once. Every second use is taken for theft and ends the family, whoever it was.",
    safety: "safe",
    grace: 0,
  },
  {
    id: "blind-grace",
    title: "Grace, done wrong",
    summary:
      "For ten seconds a used token counts as unused, and nothing else is asked: whoever comes gets a successor of their own, also in a family that has ended.",
    safety: "unsafe",
    replacePorts: blindGrace,
  },
  {
    id: "grace",
    title: "Atomic, with grace",
    summary:
      "As the flow is: one conditional update, and for ten seconds, while the successor is unused and the family alive, whoever asks again gets the same successor.",
    safety: "safe",
  },
];

export function findStrategy(id: string): AppliedStrategy | undefined {
  return refreshStrategies.find((each) => each.id === id);
}

const yesOrNo = (value: boolean) => (value ? "yes" : "no");

/** The successor of a token is itself, and an exchange asks only whether the family lives. */
function unrotated({ ports: { families, secrets }, gate }: StrategyPorts) {
  const rotate: RefreshFamilies["rotate"] = (hash) =>
    gate("is its family alive", hash, async () => (await families.find(hash))?.family.ended === null, yesOrNo);
  return {
    families: { ...families, rotate },
    secrets: { ...secrets, successor: (secret: string) => secret, successors: (secret: string) => [secret] },
  };
}

/** Between each two of its steps another actor may run, or the process may die. */
function naive({ ports: { families, secrets }, tables, marks, gate, now }: StrategyPorts) {
  const find: RefreshFamilies["find"] = async (hash) => {
    const found = await families.find(hash);
    return found && { ...found, token: { ...found.token, usedAt: marks.get(hash) ?? null } };
  };
  const rotate: RefreshFamilies["rotate"] = async (hash, successor) => {
    const mayBe = await gate("is it unused", hash, () => !marks.has(hash), yesOrNo);
    const alive = (await families.find(hash))?.family.ended === null;
    if (!mayBe || !alive) return false;
    await gate(
      "mark it as used",
      hash,
      () => void marks.set(hash, now()),
      () => "done",
    );
    await gate(
      "add its successor",
      successor.hash,
      () => void tables.tokens.set(successor.hash, successor),
      () => "done",
    );
    return true;
  };
  return {
    families: { ...families, find, rotate },
    secrets: { ...secrets, successor: secrets.mint, successors: () => [] },
  };
}

/** The wish to be kind to a retry, without the conditions under which that is harmless. */
function blindGrace({ ports: { families, secrets }, tables, gate, now, grace }: StrategyPorts) {
  const isForgiven = (usedAt: Instant | null) => usedAt !== null && now() - usedAt < grace;
  const find: RefreshFamilies["find"] = async (hash) => {
    const found = await families.find(hash);
    if (!found || !isForgiven(found.token.usedAt)) return found;
    return { token: { ...found.token, usedAt: null }, family: { ...found.family, ended: null } };
  };
  const rotate: RefreshFamilies["rotate"] = (hash, successor, at) =>
    gate(
      "exchange it",
      hash,
      async () => {
        if (await families.rotate(hash, successor, at)) return true;
        if (!isForgiven(tables.tokens.get(hash)?.usedAt ?? null)) return false;
        tables.tokens.set(successor.hash, successor);
        return true;
      },
      yesOrNo,
    );
  return {
    families: { ...families, find, rotate },
    secrets: { ...secrets, successor: secrets.mint, successors: () => [] },
  };
}
