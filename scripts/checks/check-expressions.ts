import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { giveUp, project } from "../processes.ts";
import { objectionToExpression } from "./expression-cost.ts";

/** Written by Prisma; and tests, whose text is their own. */
const passedOver = [
  /^lib\/stores\/prisma\/generated\//,
  /\.(?:test|spec)\.tsx?$/,
  /contract\.ts$/,
  /^(?:e2e|lib\/testing)\//,
];
const source = /\.(?:tsx?|mjs)$/;

/** Begins a comment above the line, which says why the text cannot make it slow. */
const reason = "// Cost: ";

/**
 * The regular expressions of a file that may cost more than their text is long, each with a sentence. Only what cannot be
 * judged needs a reason above its line; a reason that nothing needs is said, too.
 */
export function costlyExpressions(file: string, text: string): readonly string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.split("\n");
  const found: string[] = [];
  const excused = new Set<number>();

  function look(node: ts.Node): void {
    const objection = objectionTo(node);
    if (objection) {
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line;
      const why = lineOfReason(lines, line);
      if (why === null) found.push(`${file}:${line + 1}: ${node.getText(tree)} ${objection}.`);
      else excused.add(why);
    }
    ts.forEachChild(node, look);
  }

  look(tree);
  const idle = lines.flatMap((line, at) => (line.trimStart().startsWith(reason) && !excused.has(at) ? [at] : []));
  return [...found, ...idle.map((at) => `${file}:${at + 1}: the expression below is linear, and needs no reason.`)];
}

function objectionTo(node: ts.Node): string | null {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf("/");
    return objectionToExpression(node.text.slice(1, end), node.text.slice(end + 1));
  }
  const made = ts.isNewExpression(node) || ts.isCallExpression(node);
  if (!made || !ts.isIdentifier(node.expression) || node.expression.text !== "RegExp") return null;
  const [pattern, flags] = node.arguments ?? [];
  const isPlain = pattern && ts.isStringLiteralLike(pattern) && (!flags || ts.isStringLiteralLike(flags));
  return isPlain ? objectionToExpression(pattern.text, flags?.text ?? "") : "is put together, and cannot be judged";
}

/** The nearest line of comment above, where nothing but comment stands between. */
function lineOfReason(lines: readonly string[], line: number): number | null {
  for (let at = line - 1; lines[at]?.trimStart().startsWith("//"); at--)
    if (lines[at]?.trimStart().startsWith(reason)) return at;
  return null;
}

/** Those of the whole project. */
export function costlyExpressionsHere(): readonly string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: project });
  const files = list.toString().trim().split("\n");
  return files
    .filter((file) => source.test(file) && !passedOver.some((each) => each.test(file)))
    .flatMap((file) => costlyExpressions(file, readFileSync(join(project, file), "utf8")));
}

if (import.meta.main) {
  const costly = costlyExpressionsHere();
  const mend = `Write it without one, or so that each next character decides. Else say above it why the text is short or our own: ${reason}…`;
  if (costly.length > 0) giveUp(...costly, mend);
  console.log("Every regular expression costs no more than its text is long, or says why.");
}
