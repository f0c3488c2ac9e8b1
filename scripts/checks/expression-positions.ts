import type { AST } from "@eslint-community/regexpp";

/** A place in an expression that takes one character. */
export type Position = {
  readonly raw: string;
  /** It can be come back to without end. */
  readonly looped: boolean;
  /** The places that may take the next character. */
  readonly follow: Set<Position>;
};

export type Part = {
  readonly first: ReadonlySet<Position>;
  readonly last: ReadonlySet<Position>;
  readonly made: ReadonlySet<Position>;
  /** It also matches nothing. */
  readonly nullable: boolean;
};

/** More than a person can judge either. */
const mostPositions = 2000;
const characters = 0x1_0000;

/** The positions of one alternative of an expression (Glushkov 1961), and which of them take the same character. */
export class Positions {
  readonly all: Position[] = [];
  readonly #flags: string;
  readonly #bySource = new Map<AST.Node, Position[]>();

  constructor(flags: string) {
    this.#flags = flags.replaceAll(/[gydm]/g, "");
  }

  of(node: AST.Node, looped = false): Part {
    switch (node.type) {
      case "Alternative":
        return inTurn(node.elements.map((each) => this.of(each, looped)));
      case "Group":
      case "CapturingGroup":
        return either(node.alternatives.map((each) => this.of(each, looped)));
      case "Quantifier":
        return this.#repeated(node, looped);
      case "Assertion":
        return nothing(node);
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return this.#one(node, looped);
      default:
        throw new Error(`there is a ${node.type} in it`);
    }
  }

  /** Where this stands without a repetition, its positions. */
  madeFor(node: AST.Node): readonly Position[] {
    return this.#bySource.get(node) ?? [];
  }

  /** Two positions that may both take the next character. */
  ambiguity({ first }: Part): readonly [string, string] | null {
    for (const next of [first, ...this.all.map(({ follow }) => follow)]) {
      const several = [...next];
      for (const [index, one] of several.entries()) {
        const other = several.slice(index + 1).find((each) => this.overlap(one, each));
        if (other) return [one.raw, other.raw];
      }
    }
    return null;
  }

  /** Is there a character that both take? The engine itself is asked, with each of the Basic Multilingual Plane. */
  overlap(one: Position, other: Position): boolean {
    const [taken, alsoTaken] = [takenBy(one.raw, this.#flags), takenBy(other.raw, this.#flags)];
    for (let code = 0; code < characters; code++) if (taken[code] && alsoTaken[code]) return true;
    return false;
  }

  #one(node: AST.Node, looped: boolean): Part {
    const position: Position = { raw: node.raw, looped, follow: new Set() };
    if (this.all.push(position) > mostPositions) throw new Error("it is too long");
    this.#bySource.set(node, [...(this.#bySource.get(node) ?? []), position]);
    const only = new Set([position]);
    return { first: only, last: only, made: only, nullable: false };
  }

  #repeated({ element, min, max }: AST.Quantifier, looped: boolean): Part {
    const once = () => this.of(element, looped);
    const before = Array.from({ length: max === Number.POSITIVE_INFINITY ? Math.max(min - 1, 0) : min }, once);
    if (max !== Number.POSITIVE_INFINITY) {
      let rest: Part | null = null;
      // From the last one on, each optional together with all that may follow it: that keeps it deterministic.
      for (let times = min; times < max; times++)
        rest = { ...inTurn(rest ? [once(), rest] : [once()]), nullable: true };
      return inTurn(rest ? [...before, rest] : before);
    }
    const loop = this.of(element, true);
    for (const position of loop.last) for (const next of loop.first) position.follow.add(next);
    return inTurn([...before, { ...loop, nullable: loop.nullable || min === 0 }]);
  }
}

function inTurn(parts: readonly Part[]): Part {
  let before: Part = { first: new Set(), last: new Set(), made: new Set(), nullable: true };
  for (const part of parts) {
    for (const position of before.last) for (const next of part.first) position.follow.add(next);
    before = {
      first: before.nullable ? before.first.union(part.first) : before.first,
      last: part.nullable ? before.last.union(part.last) : part.last,
      made: before.made.union(part.made),
      nullable: before.nullable && part.nullable,
    };
  }
  return before;
}

function either(parts: readonly Part[]): Part {
  const of = (side: "first" | "last" | "made") => new Set(parts.flatMap((part) => [...part[side]]));
  return { first: of("first"), last: of("last"), made: of("made"), nullable: parts.some(({ nullable }) => nullable) };
}

/** What looks and takes nothing only says no more often, unless it goes over the text for that. */
function nothing(node: AST.Assertion): Part {
  if ("alternatives" in node && /[*+]|\{\d+,\}/.test(node.raw))
    throw new Error("a repetition stands in what only looks ahead or behind");
  const none = new Set<Position>();
  return { first: none, last: none, made: none, nullable: true };
}

const known = new Map<string, Uint8Array>();

function takenBy(raw: string, flags: string): Uint8Array {
  const key = `${flags}/${raw}`;
  const found = known.get(key);
  if (found) return found;
  // Cost: one character at a time.
  const expression = new RegExp(`^${raw}$`, flags);
  const taken = Uint8Array.from({ length: characters }, (_, code) =>
    Number(expression.test(String.fromCharCode(code))),
  );
  known.set(key, taken);
  return taken;
}
