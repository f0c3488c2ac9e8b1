import type { DecodedView } from "@/lib/core/decoding.ts";
import { type MadeForgery, partNames } from "@/lib/features/attacks/forgery/model.ts";

/** The parts of a credential: how each is encoded, and which can be read and changed. */
export type CredentialKind = DecodedView["encoding"] | "sealed" | "opaque";

export type CredentialPart = {
  readonly name: string;
  /** The part as it is sent. */
  readonly raw: string;
  /** Its content as JSON that can be edited. `null`: it has no readable content. */
  readonly says: string | null;
  /** A forged credential may have fewer parts. */
  readonly isAbsent?: boolean;
};

export function kindOf(value: string, decoded: DecodedView | null): CredentialKind {
  if (decoded) return decoded.encoding;
  return /^[^.]+\.[^.]+\.Fe26\.2\*/.test(value) ? "sealed" : "opaque";
}

/** The parts between the dots. The last part includes any further dots. Readable parts have their content. */
export function partsOf(value: string, decoded: DecodedView | null): readonly CredentialPart[] {
  const names: readonly string[] = partNames[kindOf(value, decoded)];
  const pieces = value.split(".");
  return names.map((name, index) => ({
    name,
    raw: index === names.length - 1 ? pieces.slice(index).join(".") : (pieces[index] ?? ""),
    says: saidIn(name, decoded),
  }));
}

function saidIn(name: string, decoded: DecodedView | null): string | null {
  const said = name === "header" ? decoded?.header : name === "payload" || name === "state" ? decoded?.payload : null;
  return said === null || said === undefined ? null : JSON.stringify(said, null, 2);
}

export function joined(parts: readonly CredentialPart[]): string {
  return parts.flatMap(({ raw, isAbsent }) => (isAbsent ? [] : [raw])).join(".");
}

/** Encodes the content of a part. It cannot sign or seal, because the page has no key. */
export async function encoded(kind: CredentialKind, says: string): Promise<string> {
  const text = compact(says);
  if (kind === "plain") return text;
  const bytes = new TextEncoder().encode(text);
  return base64url(kind === "signed" ? await deflated(bytes) : bytes);
}

/** Removes the editor's line breaks. Text that is not JSON stays as it was typed. */
function compact(says: string): string {
  try {
    return JSON.stringify(JSON.parse(says));
  } catch {
    return says;
  }
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The change of one part: new content, or new characters. */
export type Change =
  | { readonly says: string }
  | { readonly raw: string; readonly says?: string | null; readonly isAbsent?: boolean };

/** The changes that make a forged credential of this one. A readable part gets its new content as well. */
export function changesTo(
  { forged, changed }: MadeForgery,
  issued: readonly CredentialPart[],
): readonly (Change | null)[] {
  const pieces = forged.split(".");
  return issued.map(({ name, raw }, index) => {
    if (index >= pieces.length) return { raw: "", says: null, isAbsent: true };
    const part = index === issued.length - 1 ? pieces.slice(index).join(".") : (pieces[index] ?? "");
    const after = changed.find((each) => each.name === name)?.after;
    return part === raw ? null : { raw: part, says: after === undefined ? null : indented(after) };
  });
}

/** JSON as the editor shows it. Text that says something twice stays as it is. `null`: it is no JSON. */
function indented(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return null;
  }
}
