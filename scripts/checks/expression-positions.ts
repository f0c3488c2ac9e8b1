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

/** The positions of one alternative of an expression (Glushkov 1961), and which of them take the same character. */
export class Positions {
  readonly all: Position[] = [];
  readonly #flags: string;
  readonly #bySource = new Map<AST.Node, Position[]>();
  /** One position that follows another in two ways, as in `(a*)*`. */
  #doubled: readonly [string, string] | null = null;

  constructor(flags: string) {
    this.#flags = flags.replaceAll(/[gydm]/g, "");
  }

  of(node: AST.Node, looped = false): Part {
    switch (node.type) {
      case "Alternative":
        return this.#inTurn(node.elements.map((each) => this.of(each, looped)));
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

  /** Two positions that may both take the next character, or one that may do it in two ways. */
  ambiguity({ first }: Part): readonly [string, string] | null {
    for (const next of [first, ...this.all.map(({ follow }) => follow)]) {
      const several = [...next];
      for (const [index, one] of several.entries()) {
        const other = several.slice(index + 1).find((each) => this.overlap(one, each));
        if (other) return [one.raw, other.raw];
      }
    }
    return this.#doubled;
  }

  /** Is there a character that both take? The engine itself is asked. */
  overlap(one: Position, other: Position): boolean {
    const [taken, alsoTaken] = [takenBy(one.raw, this.#flags), takenBy(other.raw, this.#flags)];
    for (let code = 0; code < taken.length; code++) if (taken[code] === 1 && alsoTaken[code] === 1) return true;
    return false;
  }

  #one(node: AST.Node, looped: boolean): Part {
    // With the flag v a class may hold texts of several characters.
    if (node.raw.includes("\\q{") || ("strings" in node && node.strings)) throw new Error("a class holds texts");
    const position: Position = { raw: node.raw, looped, follow: new Set() };
    if (this.all.push(position) > mostPositions) throw new Error("it is too long");
    this.#bySource.set(node, [...this.madeFor(node), position]);
    const only = new Set([position]);
    return { first: only, last: only, made: only, nullable: false };
  }

  #repeated({ element, min, max }: AST.Quantifier, looped: boolean): Part {
    const once = () => this.of(element, looped);
    if (max === Number.POSITIVE_INFINITY) {
      const before = Array.from({ length: Math.max(min - 1, 0) }, once);
      const loop = this.of(element, true);
      this.#link(loop.last, loop.first);
      return this.#inTurn([...before, { ...loop, nullable: loop.nullable || min === 0 }]);
    }
    const before = Array.from({ length: min }, once);
    let rest: readonly Part[] = [];
    // From the last one on, each optional together with all that may follow it: that keeps it deterministic.
    for (let times = min; times < max; times++) rest = [{ ...this.#inTurn([once(), ...rest]), nullable: true }];
    return this.#inTurn([...before, ...rest]);
  }

  #inTurn(parts: readonly Part[]): Part {
    let before: Part = { first: new Set(), last: new Set(), made: new Set(), nullable: true };
    for (const part of parts) {
      this.#link(before.last, part.first);
      before = {
        first: before.nullable ? before.first.union(part.first) : before.first,
        last: part.nullable ? before.last.union(part.last) : part.last,
        made: before.made.union(part.made),
        nullable: before.nullable && part.nullable,
      };
    }
    return before;
  }

  #link(before: ReadonlySet<Position>, after: ReadonlySet<Position>): void {
    for (const position of before) {
      for (const next of after) {
        if (position.follow.has(next)) this.#doubled ??= [position.raw, next.raw];
        position.follow.add(next);
      }
    }
  }
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
  const characters = /[uv]/.test(flags) ? 0x11_0000 : 0x1_0000;
  const taken = Uint8Array.from({ length: characters }, (_, code) =>
    Number(expression.test(String.fromCodePoint(code))),
  );
  known.set(key, taken);
  return taken;
}
