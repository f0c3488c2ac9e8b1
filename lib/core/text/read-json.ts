/** The most levels of nested arrays and objects. Recursion into a value of this depth cannot overflow the stack. */
export const deepestJson = 32;

/** Why a text is not taken: it is no JSON, or JSON that another reader would read as something else (RFC 7493). */
export type JsonObjection = "syntax" | "depth" | "names" | "numbers" | "characters";

export type JsonRead =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: JsonObjection };

/** What a person is told of it, besides that a text is no JSON. */
export const jsonObjections: Readonly<Record<Exclude<JsonObjection, "syntax">, string>> = {
  depth: `must be nested at most ${deepestJson} deep`,
  names: "must not have two members of one name",
  numbers: "must not have a number that is too large or too exact to be kept (RFC 7493 §2.2)",
  characters: "must not have U+0000, half a character or a noncharacter in a text (RFC 7493 §2.1)",
};

/**
 * The one reader of JSON that comes from elsewhere: bodies, cookies, tokens. It takes I-JSON (RFC 7493 §2), which has one
 * meaning for every reader: each name once, numbers that a double keeps, and texts of whole characters; and U+0000 no more
 * than these, since stores end a text there.
 */
export function readJson(text: string): JsonRead {
  try {
    const value: unknown = JSON.parse(text);
    const why = objectionTo(text, value);
    return why === null ? { ok: true, value } : { ok: false, why };
  } catch {
    return { ok: false, why: "syntax" };
  }
}

/** The value, or `undefined` if `readJson` refuses the text. No JSON text has the value `undefined`. */
export function jsonIn(text: string): unknown {
  const read = readJson(text);
  return read.ok ? read.value : undefined;
}

/** Why a text that is JSON is not taken; `null`: it is taken. It is read without recursion, so no depth is too much. */
function objectionTo(text: string, value: unknown): JsonObjection | null {
  const open: Open[] = [];
  // Most texts are whole, and nothing in them is written as an escape: seen once for all.
  const isPlain = !text.includes("\\") && isWhole(text);
  if (isPlain && isWrittenAgain(text, value)) return null;
  let before = "";
  for (const [piece] of text.matchAll(pieces)) {
    const isName = before === "{" || before === ",";
    const why = objectionToPiece(piece, open, { isName, isPlain });
    if (why !== null) return why;
    before = piece;
  }
  return null;
}

/**
 * Is this the text that its value is written as? Most are. A second member of a name, and a number of which something
 * was lost, are not in the value, so such a text is not written again. A text with so few brackets is not too deep.
 */
function isWrittenAgain(text: string, value: unknown): boolean {
  const brackets = text.match(/[{[]/g)?.length ?? 0;
  return brackets <= deepestJson && JSON.stringify(value) === text;
}

/** What stands open around a place: of an object, the names so far; of an array, nothing. */
type Open = Set<string> | null;

/** Of a piece: whether a name stands here, and whether every text around is known to be whole. */
type About = { readonly isName: boolean; readonly isPlain: boolean };

function objectionToPiece(piece: string, open: Open[], { isName, isPlain }: About): JsonObjection | null {
  switch (piece[0]) {
    case "{":
    case "[":
      open.push(piece === "{" ? new Set() : null);
      return open.length > deepestJson ? "depth" : null;
    case "}":
    case "]":
      open.pop();
      return null;
    case '"':
      return objectionToText(isPlain, isPlain ? piece : JSON.parse(piece), (isName && open.at(-1)) || null);
    default:
      return isOfNumber(piece[0]) && !isKept(piece) ? "numbers" : null;
  }
}

function objectionToText(isPlain: boolean, text: string, names: Set<string> | null): JsonObjection | null {
  if (!isPlain && !isWhole(text)) return "characters";
  if (names?.has(text)) return "names";
  names?.add(text);
  return null;
}

/** Of a text that is JSON: its texts and numbers whole, its signs and the words true, false and null, and no white space. */
// Cost: what it reads was parsed as JSON, so each text in it is closed, and nothing is read twice.
const pieces = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],:]|[a-z]+/gs;

function isOfNumber(character: string | undefined): boolean {
  return character !== undefined && ((character >= "0" && character <= "9") || character === "-");
}

/** RFC 7493 §2.1: neither halves of a character nor what Unicode keeps from ever being one. */
function isWhole(text: string): boolean {
  return text.isWellFormed() && !/[\0\p{Noncharacter_Code_Point}]/u.test(text);
}

/** Written out again it has the same digits: nothing of it was lost (RFC 7493 §2.2). */
function isKept(number: string): boolean {
  const value = Number(number);
  const written = String(value);
  return written === number || (Number.isFinite(value) && digitsOf(number) === digitsOf(written));
}

/** Without what says nothing: `-1.50e3` and `-1500` are one number. Zero has no sign. */
function digitsOf(number: string): string {
  const sign = number.startsWith("-") ? "-" : "";
  const [mantissa = "", exponent = "0"] = number.slice(sign.length).toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = whole + fraction;
  const first = [...digits].findIndex((digit) => digit !== "0");
  if (first < 0) return "0";
  let last = digits.length;
  while (digits[last - 1] === "0") last--;
  return `${sign}${digits.slice(first, last)}e${Number(exponent) + whole.length - first}`;
}
