import type { DecodedView } from "@/lib/core/decoding.ts";

/** The parts of a credential: how each is encoded, and which can be read and changed. */
export type CredentialKind = DecodedView["encoding"] | "sealed" | "opaque";

export type CredentialPart = {
  readonly name: string;
  /** The part as it is sent. */
  readonly raw: string;
  /** Its content as JSON that can be edited. `null`: it has no readable content. */
  readonly says: string | null;
};

export function kindOf(value: string, decoded: DecodedView | null): CredentialKind {
  if (decoded) return decoded.encoding;
  return /^[^.]+\.[^.]+\.Fe26\.2\*/.test(value) ? "sealed" : "opaque";
}

const partNames: Readonly<Record<CredentialKind, readonly string[]>> = {
  token: ["header", "payload", "signature"],
  signed: ["lab", "variant", "key id", "payload", "signature"],
  plain: ["lab", "variant", "state"],
  sealed: ["lab", "variant", "seal"],
  opaque: ["lab", "variant", "id"],
};

/** The parts between the dots. The last part includes any further dots. Readable parts have their content. */
export function partsOf(value: string, decoded: DecodedView | null): readonly CredentialPart[] {
  const names = partNames[kindOf(value, decoded)];
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
  return parts.map(({ raw }) => raw).join(".");
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

export type Preset = {
  readonly title: string;
  /** The lesson of this preset, as the end of its tooltip. */
  readonly lesson: string;
  readonly change: (part: CredentialPart, now: number) => Change | null;
};

/** The change of one part: new content, or new characters. */
export type Change = { readonly says: string } | { readonly raw: string };

const otherLab = "0".repeat(20);

/** The presets for a credential of this kind. */
export function presetsOf(kind: CredentialKind): readonly Preset[] {
  return presets.filter(({ kinds }) => kinds.includes(kind));
}

const readable = ["token", "signed", "plain"] as const;

const presets: readonly (Preset & { readonly kinds: readonly CredentialKind[] })[] = [
  {
    title: "Flip one character",
    lesson: "in the part that the server verifies or looks up",
    kinds: ["token", "signed", "sealed", "opaque"],
    change: ({ name, raw }) => (["signature", "seal", "id"].includes(name) ? { raw: flipped(raw) } : null),
  },
  {
    title: "Make me admin",
    lesson: "and keep the old signature, where there is one",
    kinds: readable,
    change: (part) => edited(part, ["payload", "state"], (members) => asAdmin(members)),
  },
  {
    title: "alg: none",
    lesson: "and no signature at all (RFC 8725 §2.1)",
    kinds: ["token"],
    change: (part) =>
      part.name === "signature" ? { raw: "" } : edited(part, ["header"], (members) => ({ ...members, alg: "none" })),
  },
  {
    title: "Expire it",
    lesson: "so that it ended a minute ago",
    kinds: readable,
    change: (part, now) => edited(part, ["payload", "state"], (members) => withEnd(members, now - 60_000)),
  },
  {
    title: "Another lab’s",
    lesson: "as if another lab had issued it",
    kinds: ["token", "signed", "plain", "sealed", "opaque"],
    change: (part) =>
      part.name === "lab"
        ? { raw: otherLab }
        : edited(part, ["payload"], (members) =>
            typeof members["iss"] === "string"
              ? { ...members, iss: members["iss"].slice(0, members["iss"].lastIndexOf("/") + 1) + otherLab }
              : members,
          ),
  },
];

type Members = Readonly<Record<string, unknown>>;

function edited(part: CredentialPart, names: readonly string[], edit: (members: Members) => Members): Change | null {
  if (part.says === null || !names.includes(part.name)) return null;
  const members: unknown = JSON.parse(part.says);
  if (typeof members !== "object" || members === null) return null;
  const before: Members = { ...members };
  const after = edit(before);
  return JSON.stringify(after) === JSON.stringify(before) ? null : { says: JSON.stringify(after, null, 2) };
}

/** By name where the credential names a person; else by role, in its copy of the person. */
function asAdmin(members: Members): Members {
  const { user } = members;
  if (typeof user === "string") return { ...members, user: "admin" };
  if (typeof user === "object" && user !== null) return { ...members, user: { ...user, role: "admin" } };
  return { ...members, role: "admin" };
}

/** Seconds in a token (RFC 7519 §4.1), milliseconds in the state of a cookie. */
function withEnd(members: Members, at: number): Members {
  return "exp" in members ? { ...members, exp: Math.floor(at / 1000) } : { ...members, endsAt: at };
}

/** In the middle, because the last character of base64url can have bits that decoders ignore. */
function flipped(raw: string): string {
  const at = Math.floor(raw.length / 2);
  return `${raw.slice(0, at)}${raw[at] === "A" ? "B" : "A"}${raw.slice(at + 1)}`;
}
