/** A value as it is written: an object, a list, a string, another constant's name, or something computed. */
type Value =
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: "list"; readonly elements: readonly Value[] }
  | { readonly kind: "string" | "name"; readonly text: string }
  | { readonly kind: "other" };

/** Finds the line on which a value of a module's constants is written, through any number of names and spreads. */
type ObjectEntry = { readonly key: string | null; readonly line: number; readonly value: Value };
type Constant = { readonly line: number; readonly value: Value };
type Token = { readonly text: string; readonly line: number };

/** On which line of a module's constants a value stands, however many names and spreads lie between. */
export type LiteralLines = {
  /** `null`: no line declares it. */
  lineOf(constant: string, path: readonly string[]): number | null;
  /** The same below the list element that has this `id`; the nearest line above if no line declares the value. */
  lineIn(constant: string, list: string, id: string, path: readonly string[]): number | null;
};

/** Reads a module that is written as manifests are: constants of literals, which name and spread each other. */
export function literalLines(text: string): LiteralLines {
  const constants = constantsIn(tokensOf(text));

  const resolved = (value: Value): Value => {
    const named = value.kind === "name" ? constants.get(value.text)?.value : undefined;
    return named ? resolved(named) : value;
  };

  /** As JavaScript has it: the last one wins, and a spread brings all that it has. */
  function entryOf(value: Value, key: string): ObjectEntry | null {
    const known = resolved(value);
    if (known.kind !== "object") return null;
    for (const entry of known.entries.toReversed()) {
      if (entry.key === key) return entry;
      const spread = entry.key === null ? entryOf(entry.value, key) : null;
      if (spread) return spread;
    }
    return null;
  }

  function find(value: Value, [key, ...rest]: readonly string[]): number | null {
    const entry = key === undefined ? null : entryOf(value, key);
    if (!entry) return null;
    if (rest.length > 0) return find(entry.value, rest);
    // `{ holds }`: what it says stands where the constant does.
    const short = entry.value.kind === "name" && entry.value.text === key ? constants.get(key) : undefined;
    return short?.line ?? entry.line;
  }

  return {
    lineOf(constant, path) {
      const found = constants.get(constant);
      if (!found) return null;
      return path.length === 0 ? found.line : find(found.value, path);
    },

    lineIn(constant, list, id, path) {
      const whole = constants.get(constant)?.value;
      const listed = whole && resolved(entryOf(whole, list)?.value ?? whole);
      if (listed?.kind !== "list") return null;
      const element = listed.elements.find((each) => isNamed(entryOf(each, "id")?.value, id));
      if (!element) return null;
      for (let length = path.length; length > 0; length -= 1) {
        const line = find(element, path.slice(0, length));
        if (line !== null) return line;
      }
      return find(element, ["id"]);
    },
  };
}

function isNamed(value: Value | undefined, id: string): boolean {
  return value?.kind === "string" && value.text === id;
}

// Cost: its text is a file of this repository.
const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|\.\.\.|=>|[\w$]+|\n|[^\s\w$]/g;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [piece] of text.matchAll(token)) {
    if (!/^(?:\n|\/\/|\/\*)/.test(piece)) tokens.push({ text: piece, line });
    line += piece.split("\n").length - 1;
  }
  return tokens;
}

function constantsIn(tokens: readonly Token[]): ReadonlyMap<string, Constant> {
  const constants = new Map<string, Constant>();
  for (const [index, { text }] of tokens.entries()) {
    const name = tokens[index + 1];
    if (text !== "const" || !name || !/^[a-zA-Z]/.test(name.text)) continue;
    const equals = tokens.findIndex((each, at) => at > index && each.text === "=");
    if (equals < 0) continue;
    constants.set(name.text, { line: name.line, value: valueAt(tokens, equals + 1).value });
  }
  return constants;
}

type ParsedValue = { readonly value: Value; readonly next: number };

/** The value that begins there, and where its `,` or closing bracket is: what follows a literal (`as const`) is passed over. */
function valueAt(tokens: readonly Token[], start: number): ParsedValue {
  const first = tokens[start]?.text ?? "";
  if (first === "{" || first === "[") {
    const { value, next } = first === "{" ? objectAt(tokens, start + 1) : listAt(tokens, start + 1);
    return { value, next: endOf(tokens, next) };
  }
  const next = endOf(tokens, start);
  if (next > start + 1 && !/^(?:as|satisfies)$/.test(tokens[start + 1]?.text ?? ""))
    return { value: { kind: "other" }, next };
  if (first.startsWith('"')) return { value: { kind: "string", text: first.slice(1, -1) }, next };
  return { value: /^[a-zA-Z]/.test(first) ? { kind: "name", text: first } : { kind: "other" }, next };
}

function objectAt(tokens: readonly Token[], start: number): ParsedValue {
  const entries: ObjectEntry[] = [];
  let at = start;
  while (at < tokens.length && tokens[at]?.text !== "}") {
    const { text = "", line = 0 } = tokens[at] ?? {};
    const [spread, short] = [text === "...", tokens[at + 1]?.text !== ":"];
    const { value, next } = valueAt(tokens, spread ? at + 1 : short ? at : at + 2);
    entries.push({ key: spread ? null : text.replaceAll('"', ""), line, value });
    at = tokens[next]?.text === "," ? next + 1 : next;
  }
  return { value: { kind: "object", entries }, next: at + 1 };
}

function listAt(tokens: readonly Token[], start: number): ParsedValue {
  const elements: Value[] = [];
  let at = start;
  while (at < tokens.length && tokens[at]?.text !== "]") {
    const { value, next } = valueAt(tokens, at);
    elements.push(value);
    at = tokens[next]?.text === "," ? next + 1 : next;
  }
  return { value: { kind: "list", elements }, next: at + 1 };
}

/** The first `,`, `;` or closing bracket that belongs to the enclosing expression. */
function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  let at = start;
  for (; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? "";
    if (depth === 0 && /^[,;}\])]$/.test(text)) break;
    if (/^[{[(]$/.test(text)) depth += 1;
    if (/^[}\])]$/.test(text)) depth -= 1;
  }
  return at;
}
