import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { type Part, Positions } from "./expression-positions.ts";

/** So many ways through an expression without an unbounded repetition may there be, whatever the text. */
const mostWays = 10_000;

/**
 * Why an expression may take more than linear time, as a sentence; `null`: its time is linear.
 *
 * Without an unbounded repetition each place of the text costs a bounded number of steps. With one, two things are
 * asked of each alternative. That at each place the next character alone says where to go on (the expression is
 * deterministic, Brüggemann-Klein and Wood 1998), so one attempt to match is one walk over the text. And that attempts
 * do not walk over the same text again and again: it is bound to the beginning, or it succeeds wherever a repetition
 * begins, or before that stands a character that no repetition goes past. What else may well be linear, but this does not see it.
 */
export function objectionToExpression(source: string, flags: string): string | null {
  try {
    const unicode = flags.includes("u");
    const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
      unicode,
      unicodeSets: flags.includes("v"),
    });
    for (const alternative of pattern.alternatives) {
      const objection = objectionToAlternative(alternative, flags);
      if (objection) return objection;
    }
    return null;
  } catch (error) {
    return `cannot be judged: ${error instanceof Error ? error.message : error}`;
  }
}

function objectionToAlternative(alternative: AST.Alternative, flags: string): string | null {
  const positions = new Positions(flags);
  const whole = positions.of(alternative);
  const clash = positions.ambiguity(whole);
  if (!hasLoop(alternative)) {
    if (!clash || waysThrough(alternative) <= mostWays) return null;
    return `has more than ${mostWays} ways to match`;
  }
  if (clash) return `can go on in two ways at the same character: ${clash[0]} and ${clash[1]}`;
  if (isAnchored(alternative, flags) || alwaysSucceeds(alternative, whole) || hasMark(alternative, positions))
    return null;
  return "begins anew at each character of what its repetition went over in vain";
}

/** One attempt only: at the beginning of the text, or where the last match ended. */
function isAnchored({ elements: [first] }: AST.Alternative, flags: string): boolean {
  const atStart = first?.type === "Assertion" && first.kind === "start" && !flags.includes("m");
  return atStart || flags.includes("y");
}

/** Once a repetition has begun, every place is a good one to stop at, so it never begins in vain. */
function alwaysSucceeds({ elements }: AST.Alternative, whole: Part): boolean {
  const loop = elements.findIndex(hasLoop);
  const asks = elements.slice(loop).some((element) => element.type === "Assertion" || holdsAssertion(element));
  const reached = new Set([...whole.made].filter(({ looped }) => looped));
  for (const position of reached) for (const next of position.follow) reached.add(next);
  return !asks && [...reached].every((position) => whole.last.has(position));
}

/** In front of all repetitions stands a character that none of them goes past: what one attempt went over, the next does not. */
function hasMark({ elements }: AST.Alternative, positions: Positions): boolean {
  const loops = positions.all.filter(({ looped }) => looped);
  return elements
    .slice(0, elements.findIndex(hasLoop))
    .flatMap((element) => positions.madeFor(element))
    .some((mark) => loops.every((each) => !positions.overlap(mark, each)));
}

function hasLoop(node: AST.Node): boolean {
  return (node.type === "Quantifier" && node.max === Number.POSITIVE_INFINITY) || partsOf(node).some(hasLoop);
}

function holdsAssertion(node: AST.Node): boolean {
  return node.type === "Assertion" || partsOf(node).some(holdsAssertion);
}

function partsOf(node: AST.Node): readonly AST.Node[] {
  if (node.type === "Quantifier") return [node.element];
  if (node.type === "Alternative") return node.elements;
  switch (node.type) {
    case "Pattern":
    case "Group":
    case "CapturingGroup":
      return node.alternatives;
    case "Assertion":
      return "alternatives" in node ? node.alternatives : [];
    default:
      return [];
  }
}

/** At most so many ways there are to match something, whatever the text. */
function waysThrough(node: AST.Node): number {
  const inside = partsOf(node).map(waysThrough);
  if (node.type === "Alternative") return inside.reduce((product, each) => product * each, 1);
  if (node.type !== "Quantifier") return inside.length === 0 ? 1 : inside.reduce((sum, each) => sum + each, 0);
  const once = inside[0] ?? 1;
  let sum = 0;
  for (let times = node.min; times <= node.max && sum <= mostWays; times++) sum += once ** times;
  return sum;
}
