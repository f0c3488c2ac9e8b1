/** Shows both ends only: enough to tell credentials apart, not enough to use one. */
export function masked(value: string): string {
  return value.length > 24 ? `${value.slice(0, 4)}…${value.slice(-6)}` : "•".repeat(Math.max(value.length, 3));
}

/** The server left out the middle of this value: there is nothing more to show, or to copy. */
export function isWithheld(value: string): boolean {
  return value.includes("********");
}

/** A header's value with every credential in it masked. */
export function maskedHeader([name, value]: readonly [name: string, value: string]): string {
  switch (name.toLowerCase()) {
    case "cookie":
      return value.split("; ").map(maskedPair).join("; ");
    case "set-cookie": {
      const [pair = "", ...attributes] = value.split(";");
      return [maskedPair(pair), ...attributes].join(";");
    }
    case "authorization": {
      const [scheme = "", ...rest] = value.split(" ");
      return `${scheme} ${masked(rest.join(" "))}`;
    }
    default:
      return piecesOf(value)
        .map(({ text, field }) => (field === null ? text : masked(text)))
        .join("");
  }
}

function maskedPair(pair: string): string {
  const at = pair.indexOf("=");
  if (at < 0) return masked(pair);
  const value = pair.slice(at + 1);
  return value === "" ? pair : `${pair.slice(0, at)}=${masked(value)}`;
}

/** A part of a body as it is shown. With `field` it is a credential; `field` is its name in the body, or "". */
export type BodyPiece = { readonly text: string; readonly field: string | null };

const secret = "credential|token|access_token|refresh_token|client_secret|password|current|next";

/**
 * Finds credentials in a text that may be cut and so may not be valid JSON or a valid form. A credential stands under
 * its name in JSON or in a form, or it is a token, or it begins with an address of this application
 * (docs/architecture.md). The values `access` and `refresh` are kinds of credentials and are not masked.
 */
// Cost: a recorded body has at most 4096 characters, and only the page of its own lab shows it.
const inText = new RegExp(
  [
    `(?<="(?<member>${secret})"\\s*:\\s*")(?!(?:access|refresh)")(?:\\\\.|[^"\\\\])+`,
    `(?<=(?:^|&)(?<parameter>${secret})=)[^&]+`,
    "\\beyJ[\\w-]{6,}(?:\\.[\\w-]*){0,2}",
    '\\b[0-9a-f]{20}\\.[a-z0-9-]+\\.(?:\\\\.|[^"\\\\&])+',
  ].join("|"),
  "g",
);

/** Splits a body into credentials and other text. JSON is indented. */
export function bodyPieces(body: string): readonly BodyPiece[] {
  return piecesOf(laidOut(body));
}

function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 1);
  } catch {
    return body;
  }
}

function piecesOf(text: string): readonly BodyPiece[] {
  const pieces: BodyPiece[] = [];
  let at = 0;
  for (const { 0: found, index, groups } of text.matchAll(inText)) {
    pieces.push({ text: text.slice(at, index), field: null });
    pieces.push({ text: found, field: groups?.["member"] ?? groups?.["parameter"] ?? "" });
    at = index + found.length;
  }
  return [...pieces, { text: text.slice(at), field: null }].filter((piece) => piece.text !== "");
}

/** Shortens an id in the middle. */
export function shortened(id: string, keep = 4): string {
  return id.length > keep * 2 + 2 ? `${id.slice(0, keep)}…${id.slice(-keep)}` : id;
}
