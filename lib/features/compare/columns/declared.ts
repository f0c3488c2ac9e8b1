import { cookieSpec, type Holding, holdingOf, provesByHeader } from "../../../core/credential.ts";
import { traitsOf } from "../../../core/token-storage.ts";
import type { OptionalOperation, Variant } from "../../../core/variant.ts";
import type { CellSource, ClientKind } from "../model.ts";
import { numberInWords } from "../number-in-words.ts";
import type { ColumnMaker, Subject } from "./subject.ts";

const credentialFile = "lib/core/credential.ts";
const storageFile = "lib/core/token-storage.ts";

type DeclaredText = {
  readonly text: string;
  readonly order?: number | string;
  readonly sources: readonly [CellSource, ...CellSource[]];
};

function declared(id: string, title: string, how: string, say: (subject: Subject) => DeclaredText): ColumnMaker {
  return {
    column: { id, title, how, measured: false },
    cell(subject) {
      const { text, order = text, sources } = say(subject);
      return { text, order, sources };
    },
  };
}

const yesOrNo = (holds: boolean) => (holds ? "yes" : "no");

/** The kinds of client that a variant's own manifest entry says it serves. */
export function clientsOf(variant: Variant): readonly ClientKind[] {
  return [
    provesByHeader(variant) ? "browser-header" : "browser-cookie",
    ...(variant.native ? (["native"] as const) : []),
    ...(variant.settings.inside ? (["services"] as const) : []),
  ];
}

/** A setting, read from the manifest. `absent`: the text where a variant does not have the setting. */
function setting(id: string, title: string, how: string, name: keyof Variant["settings"], absent: string) {
  return declared(id, title, how, ({ variant: { settings }, declared: at }) => {
    const value = settings[name];
    const order = typeof value === "number" ? value : undefined;
    const text = value === undefined ? absent : typeof value === "number" ? numberInWords(value) : String(value);
    return { text, ...(order !== undefined && { order }), sources: [at("settings", name)] };
  });
}

function operation(id: string, title: string, how: string, of: readonly OptionalOperation[]): ColumnMaker {
  return declared(id, title, how, ({ variant: { cannot }, declared: at }) => {
    const missing = of.find((each) => cannot[each] !== undefined);
    return { text: yesOrNo(missing === undefined), sources: [at("cannot", ...(missing ? [missing] : []))] };
  });
}

export const clientColumns: readonly ColumnMaker[] = [
  declared(
    "proof",
    "A browser proves itself by",
    "How the access credential travels, as `holds` of the variant's manifest entry says.",
    ({ variant, declared: at }) => {
      const travels = holdingOf(variant, "access")?.travels;
      return { text: travels === "cookie" ? "cookie" : "header", sources: [at("holds")] };
    },
  ),
  declared(
    "script",
    "Needs script in the page",
    "Yes where a page has to write the header itself: `provesByHeader` of what the manifest says the browser holds.",
    ({ variant, declared: at, code }) => ({
      text: yesOrNo(provesByHeader(variant)),
      sources: [at("holds"), code.lineWith([credentialFile], "function provesByHeader")],
    }),
  ),
  declared(
    "native",
    "Native client",
    "Whether a client without a cookie jar can log in: `native` of the manifest entry.",
    ({ variant, declared: at }) => ({ text: yesOrNo(variant.native === true), sources: [at("native")] }),
  ),
  setting(
    "inside",
    "On to services inside",
    "What a request becomes on its way to the services behind: the setting `inside`.",
    "inside",
    "no further",
  ),
];

export const storeColumns: readonly ColumnMaker[] = [
  setting("store", "Records live in", "The setting `store`.", "store", "nowhere"),
  setting(
    "stale-for",
    "Another node may be stale for",
    "The setting `staleFor`: so long one process may accept what another one has ended.",
    "staleFor",
    "not at all",
  ),
];

export const safetyColumns: readonly ColumnMaker[] = [
  declared(
    "safety",
    "Safety",
    "As the manifest entry has it. The tests of claims hold each word against what experiments show.",
    ({ variant: { safety }, declared: at }) => ({
      text: safety,
      order: ["safe", "limited", "unsafe"].indexOf(safety),
      sources: [at("safety")],
    }),
  ),
  setting("asked", "Asked besides the credential", "The setting `revocation`.", "revocation", "none"),
  declared(
    "made-with",
    "Signed or sealed by",
    "The settings `algorithm`, `encoding` and `id`, whichever the variant has. An opaque id needs neither.",
    ({ variant: { settings }, declared: at }) => {
      const named = (["algorithm", "encoding", "id"] as const).filter((name) => settings[name] !== undefined);
      const text = named.map((name) => (name === "id" ? `${settings.id} id` : settings[name])).join(", ");
      const [first, ...others] = named.map((name) => at("settings", name));
      return { text: text || "opaque id alone", sources: [first ?? at("settings"), ...others] };
    },
  ),
];

export const scriptColumns: readonly ColumnMaker[] = [
  declared(
    "readable",
    "A script finds by looking",
    "Of each credential: a cookie without HttpOnly, or a storage. For an access token, the traits of its place; for any other cookie, the attribute in the flow's own file; what travels in a body, the page has kept.",
    (subject) => {
      const found = subject.variant.holds.filter((each) => isReadable(subject, each));
      const text = found.map(({ credential }) => credential).join(", ");
      return { text: text || "nothing", order: found.length, sources: placesOf(subject) };
    },
  ),
  declared(
    "by-itself",
    "The browser sends by itself",
    "The credentials that travel in a cookie, as `holds` says. For those the origin of every change is judged.",
    ({ variant, declared: at }) => {
      const sent = variant.holds.filter(({ travels }) => travels === "cookie");
      const text = sent.map(({ credential }) => credential).join(", ");
      return { text: text || "nothing", order: sent.length, sources: [at("holds")] };
    },
  ),
];

function isReadable({ manifest, variant: { settings } }: Subject, holding: Holding): boolean {
  const placed = settings.storage !== undefined && holding.credential === "access";
  if (holding.travels === "cookie" && !placed) return cookieSpec(manifest, holding.cookie).httpOnly !== true;
  return holding.travels === "body" || traitsOf(settings.storage).readable;
}

function placesOf({ variant, declared: at, code, effort }: Subject): readonly [CellSource, ...CellSource[]] {
  const own = effort.flow.map(({ file }) => file);
  const { storage } = variant.settings;
  const place = storage === undefined || storage === "memory" ? "memory: {" : `"${storage}": {`;
  return [
    at("holds"),
    ...variant.holds.flatMap((each): readonly CellSource[] => {
      const cookie = each.travels === "cookie" ? [code.lineWith(own, `name: "${each.cookie}"`)] : [];
      const placed = each.credential === "access" && (each.travels === "bearer" || storage !== undefined);
      return [...cookie, ...(placed ? [code.lineWith([storageFile], place)] : [])];
    }),
  ];
}

export const operationColumns: readonly ColumnMaker[] = [
  operation(
    "lists",
    "Lists a person's logins",
    "No where the manifest entry says why it cannot. A test holds it against the flow.",
    ["list"],
  ),
  operation(
    "ends-one",
    "Ends one login alone",
    "No where the manifest entry says why it cannot end logins, or cannot tell one from another.",
    ["revoke", "revokeOne"],
  ),
];
