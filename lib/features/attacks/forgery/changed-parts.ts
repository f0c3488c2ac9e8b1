import { stateIn } from "./cookie-parts.ts";
import { type ChangedPart, type CredentialForm, partNames } from "./model.ts";

const names: Readonly<Record<CredentialForm, readonly string[]>> = {
  EdDSA: partNames.token,
  ES256: partNames.token,
  HS256: partNames.token,
  "signed-cookie": partNames.signed,
  "sealed-cookie": partNames.sealed,
  "plain-cookie": partNames.plain,
  "signed-id": partNames.opaque,
  "opaque-id": partNames.opaque,
};

/** The parts that differ, decoded where they can be read. The last one has whatever is behind it. */
export function changedParts(form: CredentialForm, before: string, after: string): readonly ChangedPart[] {
  const [was, is] = [piecesOf(form, before), piecesOf(form, after)];
  return names[form].flatMap((name, index) => {
    const [old = "", changed = ""] = [was[index], is[index]];
    if (old === changed) return [];
    return [{ name, before: readable(name, form, old), after: readable(name, form, changed) }];
  });
}

function piecesOf(form: CredentialForm, text: string): readonly string[] {
  const { length } = names[form];
  const pieces = text.split(".");
  return [...pieces.slice(0, length - 1), pieces.slice(length - 1).join(".")];
}

function readable(name: string, form: CredentialForm, part: string): string {
  if (name === "header" || name === "payload") {
    const state = form === "signed-cookie" ? stateIn(part) : undefined;
    return state === undefined ? jsonOf(part) : JSON.stringify(state);
  }
  return shortened(name === "state" ? decoded(part) : part);
}

/** The text of a part that is JSON in base64url; of another, the part. */
function jsonOf(part: string): string {
  const text = Buffer.from(part, "base64url").toString("utf8");
  return /^["{[]/.test(text) ? shortened(text) : shortened(part);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A page shows what was changed, and not the whole of what is long. */
function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 597)}…` : text;
}
