import ts from "typescript";

/**
 * The maps and sets of a file that may outlive a request and do not say why they are bounded, as `name:line`. Such a
 * map is made empty, so that it fills, and stands
 *
 * - at the level of the module, or in a class, or
 * - in a function that hands out functions which use it, such as `createSomething`.
 *
 * Maps of labs are made by `LabMemory` (lib/lab/memory/lab-memory.ts) and are not meant. A comment above the map with the word
 * "Bounded" says what bounds another one.
 */
export function unboundedMaps(text: string): readonly string[] {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = lastingMap(node);
    if (name && !saysWhy(name.parent, text)) {
      found.push(`${name.text}:${file.getLineAndCharacterOfPosition(name.getStart()).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function lastingMap(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | null {
  if (ts.isPropertyDeclaration(node) && !ts.isComputedPropertyName(node.name) && isEmptyMap(node.initializer)) {
    return ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name) ? node.name : null;
  }
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !isEmptyMap(node.initializer)) return null;
  if (/\bReadonly(Map|Set)\b/.test(node.type?.getText() ?? "")) return null;
  const around = ts.findAncestor(node, (each) => ts.isFunctionLike(each));
  return !around || isUsedLater(around, node.name.text) ? node.name : null;
}

function isEmptyMap(node: ts.Expression | undefined): boolean {
  return (
    node !== undefined &&
    ts.isNewExpression(node) &&
    /^(Map|Set)$/.test(node.expression.getText()) &&
    (node.arguments?.length ?? 0) === 0
  );
}

/** By a function that outlives the call: a declared one, or a member of an object; and not by one that is an argument. */
function isUsedLater(around: ts.Node, name: string): boolean {
  const outlives = (node: ts.Node) =>
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    (ts.isArrowFunction(node) && (ts.isPropertyAssignment(node.parent) || ts.isReturnStatement(node.parent)));
  const uses = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, uses) ?? false);
  const search = (node: ts.Node): boolean =>
    (node !== around && outlives(node) && uses(node)) || (ts.forEachChild(node, search) ?? false);
  return search(around);
}

/** Of several statements that follow each other without a blank line the comment above the first is that of all. */
function saysWhy(declaration: ts.Node, text: string): boolean {
  const before = text.slice(0, declaration.getStart()).split("\n").slice(0, -1);
  const gap = before.findLastIndex((line) => line.trim() === "");
  return before.slice(gap + 1).some((line) => isComment(line.trim()) && /\bBounded\b/.test(line));
}

function isComment(line: string): boolean {
  return ["//", "/*", "*"].some((mark) => line.startsWith(mark));
}
