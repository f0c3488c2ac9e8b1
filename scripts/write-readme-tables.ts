/**
 * Writes the tables of README.md and the documents from the running code, between their markers: `npm run readme`.
 * With `--check` it writes nothing, and fails if a table is out of date.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Claim } from "../lib/core/claim.ts";
import type { FlowModule } from "../lib/core/flow.ts";
import { refusals } from "../lib/core/refusal.ts";
import type { Lifetimes } from "../lib/core/time.ts";
import { wholeDuration } from "../lib/core/time.ts";
import type { FlowManifest, Variant } from "../lib/core/variant.ts";
import { flows } from "../lib/flows/registry.ts";
import type { EndpointTable } from "../lib/http/router.ts";
import { socketRefusals } from "../lib/http/socket-refusals.ts";
import { claimWords } from "../lib/lab/claim-words.ts";
import { experiments } from "../lib/lab/experiments.ts";
import { storeModule } from "../lib/stores/registry.ts";
import { createTestApplication } from "../lib/testing/test-application.ts";
import { callRows } from "./interface-rows.ts";
import { settingsInWords } from "./settings-in-words.ts";

const project = join(import.meta.dirname, "..");
const modules: readonly FlowModule[] = flows;
const manifests: readonly FlowManifest[] = modules.map(({ manifest }) => manifest);

const lifetimeNames = [
  "idle",
  "absolute",
  "remembered",
  "touchEvery",
  "access",
  "refresh",
  "grace",
] as const satisfies readonly (keyof Lifetimes)[];

/** The first questions of a threat model. The READMEs of the flows and the matrix have the rest. */
const asked = ["replay-after-logout", "replay-after-revoke-all", "password-change", "role-lowered", "refresh-replay"];
const threats = experiments.filter(({ id }) => asked.includes(id) || id === "forge" || id === "cross-flow");

type Row = readonly string[];
/** A table, and the document that contains it between `<!-- name:begin -->` and `<!-- name:end -->`. */
type Table = { readonly file: string; readonly name: string; readonly head: Row; readonly rows: readonly Row[] };

const calls = callRows(await interfaceTable(), modules);
const callHead = ["Call", "Body", "Answer", "What it does"];

const tables: readonly Table[] = [
  {
    file: "README.md",
    name: "flows",
    head: ["Variant", "Safety", "What it trusts", "The server keeps", "The server can end it", "A copy after logout"],
    rows: manifests.flatMap((manifest) => manifest.variants.map((variant) => overview(manifest, variant))),
  },
  {
    file: "docs/http.md",
    name: "calls",
    head: callHead,
    rows: calls.filter(({ labModeOnly }) => !labModeOnly).map(({ cells }) => cells),
  },
  {
    file: "docs/http.md",
    name: "lab-calls",
    head: callHead,
    rows: calls.filter(({ labModeOnly }) => labModeOnly).map(({ cells }) => cells),
  },
  {
    file: "docs/http.md",
    name: "refusals",
    head: ["Code", "Status", "Title", "Usual detail"],
    rows: Object.entries({ ...refusals, ...socketRefusals }).map(([code, { status, title, detail }]) => [
      `\`${code}\``,
      `${status}`,
      title,
      detail,
    ]),
  },
  {
    file: "docs/http.md",
    name: "settings",
    head: ["Setting", "Values", "Default", "What it does, and what it risks"],
    rows: settingsInWords,
  },
  {
    file: "docs/threat-model.md",
    name: "lifetimes",
    head: ["Variant", ...lifetimeNames.map((name) => `\`${name}\``)],
    rows: manifests.flatMap(({ variants }) => variants.map(lifetimesOf)),
  },
  {
    file: "docs/threat-model.md",
    name: "claims",
    head: ["Variant", ...threats.map(({ title }) => title)],
    rows: manifests.flatMap(({ variants }) =>
      variants.map((variant) => [`\`${variant.id}\``, ...threats.map(({ id }) => outcomes(variant, id))]),
    ),
  },
  ...manifests.map(({ id, variants }) => ({
    file: `lib/flows/${id}/README.md`,
    name: "claims",
    head: ["Experiment", ...variants.map((variant) => `\`${variant.id}\``)],
    rows: [
      ["Safety", ...variants.map(({ safety }) => `**${safety}**`)],
      ...experiments.map((each) => [each.title, ...variants.map((variant) => outcomes(variant, each.id))]),
    ],
  })),
];

export const documents: readonly string[] = [...new Set(tables.map(({ file }) => file))];

/** A document as it is, and with its tables up to date. Throws if a table has no place. */
export function compare(file: string): { readonly written: string; readonly upToDate: string } {
  const written = readFileSync(join(project, file), "utf8");
  const upToDate = tables.filter((table) => table.file === file).reduce(place, written);
  return { written, upToDate };
}

/** The table that dispatches requests. It needs a composed application but none of its stores. */
async function interfaceTable(): Promise<EndpointTable> {
  const application = await createTestApplication({ REDIS_URL: "" });
  await application.dispose();
  return application.table;
}

function place(text: string, { file, name, head, rows }: Table): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} has no place for a table: ${begin} … ${end}`);
  const lines = [head, head.map(() => "--"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${before}${begin}\n${lines.join("\n")}\n${end}${after}`;
}

function overview(manifest: FlowManifest, variant: Variant): Row {
  const id = `[\`${variant.id}\`](lib/flows/${manifest.id}/README.md)`;
  const after = outcomes(variant, "replay-after-logout") + elsewhere(variant);
  return [id, `**${variant.safety}**`, manifest.trusts, kept(variant), ending(variant), after];
}

function kept({ settings }: Variant): string {
  const records = settings.store && `one record for each login (${settings.store})`;
  const version = settings.revocation === "user-version" && "one version for each person";
  const denied = settings.revocation === "denylist" && "one row for each denied token";
  return [records, version, denied].filter(Boolean).join(" and ") || "nothing";
}

function ending({ settings, cannot, claims }: Variant): string {
  if (cannot.revoke) return "no";
  const after = claims["replay-after-revoke-all"] ?? [];
  const named = (exposed: boolean) => after.filter(({ outcome }) => (outcome === "exposed") === exposed).map(nameOf);
  if (settings.revocation === "denylist") return "refresh token at once, access token only where it is shown";
  if (named(true).length > 0) return `${named(false).join(", ")} at once, ${named(true).join(", ")} not`;
  if (settings.revocation === "none") return `at once, one login or all${elsewhere({ settings })}`;
  const alone = cannot.revokeOne ? "" : "; of one login alone, the refresh token";
  return `at once, but all of a person's logins together${alone}`;
}

/** The behaviour with several processes, which the experiments do not show. */
function elsewhere({ settings: { staleFor, store } }: Pick<Variant, "settings">): string {
  if (store && storeModule(store).sharing === "overwritten") return "; a second process may bring it back";
  return staleFor === undefined ? "" : `; in other processes after at most ${wholeDuration(staleFor)}`;
}

function nameOf({ credential }: Claim): string {
  return `${credential} token`;
}

function outcomes({ claims, settings }: Variant, experiment: string): string {
  const all = claims[experiment] ?? [];
  const credentials = [...new Set(all.map(({ credential }) => credential))];
  const cells = credentials.map((credential) => {
    const name = credentials.length > 1 ? `${credential}: ` : "";
    const own = all.filter((claim) => claim.credential === credential);
    return `${name}${own.map((claim) => claimWords(claim, settings)).join("; ")}`.replaceAll(/[A-Z_]{4,}/g, "`$&`");
  });
  return cells.join("<br>") || "–";
}

function lifetimesOf({ id, settings }: Variant): Row {
  return [`\`${id}\``, ...lifetimeNames.map((name) => wholeDuration(settings.lifetimes[name]))];
}

if (import.meta.main) {
  const changed = documents.filter((file) => {
    const { written, upToDate } = compare(file);
    return written !== upToDate;
  });
  if (process.argv.includes("--check")) {
    for (const file of changed) console.error(`${file} is out of date: \`npm run readme\` writes its tables anew.`);
    process.exitCode = changed.length > 0 ? 1 : 0;
  } else {
    for (const file of changed) writeFileSync(join(project, file), compare(file).upToDate);
    console.log(changed.length > 0 ? `Written: ${changed.join(", ")}` : "All tables were up to date.");
  }
}
