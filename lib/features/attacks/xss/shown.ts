import type { FlowManifest } from "../../../core/variant.ts";
import { type Repository, repository } from "../../source/repository.ts";
import type { HostOrigins } from "../hosts/model.ts";
import { injectedFile, pathOfFile } from "./browser-files.ts";
import type {
  Injection,
  PageDefence,
  XssDefenceTold,
  XssInjectionTold,
  XssLine,
  XssShown,
  XssWayTold,
} from "./model.ts";
import { inFirefox, recordedPlay } from "./recorded-play.ts";
import { defendedPlaces, injections, pageDefences, xssPlaces } from "./runs.ts";
import { leavingIds, tablesOf } from "./tables.ts";
import { comments } from "./weak/vulnerable-page.ts";

/** What the page shows before anything is played in its lab. Lab mode alone loads this. */
export function xssShown(
  { attacker }: HostOrigins,
  manifests: readonly FlowManifest[],
  source: Repository = repository(),
): XssShown {
  return {
    places: xssPlaces.map((place) => {
      const manifest = manifests.find(({ id }) => id === place.flow);
      const variant = manifest?.variants.find(({ id }) => id === place.variant);
      return { ...place, flowTitle: manifest?.title ?? place.flow, variantTitle: variant?.title ?? place.variant };
    }),
    ways: ways.map(({ text, ...told }) => ({ ...told, line: lineWith(source, pathOfFile(injectedFile), text) })),
    injections: injections.map((id) => injectionTold(id, attacker ?? "http://evil.example")),
    inPage: pageDefences.map((id) => defenceTold(source, id)),
    defences: leavingIds.map((id) => defenceTold(source, id)),
    defended: defendedPlaces.map(({ id }) => id),
    recorded: { ...recordedPlay, tables: tablesOf(recordedPlay.runs), done: true },
    inFirefox,
  };
}

/** The lines of the injected script. */
const ways: readonly (Omit<XssWayTold, "line"> & { readonly text: string })[] = [
  { id: "reads", title: "Reads storages and document.cookie", text: "function inStorages()" },
  { id: "wraps", title: "Wraps fetch, XMLHttpRequest, Headers", text: "window.fetch = async" },
  { id: "refreshes", title: "Asks for a refresh itself", text: "async function refreshes()" },
  { id: "password", title: "Waits for the password", text: '"submit",' },
  { id: "stays", title: "Stays for the next login", text: 'document.createElement("iframe")' },
  { id: "acts", title: "Sends through alice’s browser", text: "const act = (amount)" },
];

const injectionTitles: Readonly<Record<Injection, string>> = {
  html: "A script in the HTML that the server writes",
  dom: "An element that the page’s own script makes of a text",
  markup: "A form that asks for the password, without a script",
};

function injectionTold(id: Injection, attacker: string): XssInjectionTold {
  const text = comments[id]({ script: `${attacker}/xss/…/${injectedFile}`, loot: `${attacker}/loot/…` });
  return { id, title: injectionTitles[id], text };
}

const pageFile = "lib/features/attacks/xss/weak/vulnerable-page.ts";

type Told = Omit<XssDefenceTold, "id" | "line"> & { readonly file: string; readonly text: string };

type DefenceId = PageDefence | (typeof leavingIds)[number];

const told: Readonly<Record<Exclude<DefenceId, "none">, Told>> = {
  encoding: {
    ...{ title: "Output encoding", source: "OWASP XSS Prevention Cheat Sheet" },
    ...{ file: pageFile, text: "isEncoded ? defences.encoding(comment)" },
  },
  csp: {
    ...{ title: "CSP with nonces", source: "OWASP ASVS 3.4.3", file: pageFile },
    text: "script-src 'nonce-",
  },
  "trusted-types": {
    ...{ title: "Trusted Types", source: "W3C Trusted Types", file: pageFile },
    text: "require-trusted-types-for",
  },
  "http-only": {
    ...{ title: "HttpOnly", source: "OWASP ASVS 3.3.4", file: "lib/flows/server-session/flow.ts" },
    text: "httpOnly: true",
  },
  "refresh-apart": {
    ...{ title: "Refresh token out of the script’s reach", source: "RFC 10017 §6.2" },
    ...{ file: "lib/flows/memory-jwt/token-delivery.ts", text: "else cookies.set(refreshCookie.name" },
  },
  worker: {
    ...{ title: "A worker that holds the token", source: "OWASP Session Management" },
    ...{ file: pathOfFile("token-worker.js"), text: "if (told.access_token) held" },
  },
  "short-exp": {
    ...{ title: "A short exp", source: "RFC 6750 §5.3", file: "lib/core/time.ts" },
    text: "access: 15 * second",
  },
  "reuse-detection": {
    ...{ title: "Rotation with reuse detection", source: "OWASP ASVS 10.4.5, RFC 9700 §4.14.2" },
    ...{ file: "lib/flows/memory-jwt/flow.ts", text: 'return refuse("REUSE_DETECTED")' },
  },
  "step-up": {
    ...{ title: "Step-up: the password again for large amounts", source: "OWASP ASVS 7.5.3" },
    ...{ file: "lib/features/account/sensitive-endpoints.ts", text: "amount > smallAmount &&" },
  },
};

function defenceTold(source: Repository, id: DefenceId): XssDefenceTold {
  if (id === "none") return { id, title: "None", source: "the page as it is", line: null };
  const { file, text, ...rest } = told[id];
  return { id, ...rest, line: lineWith(source, file, text) };
}

function lineWith(source: Repository, file: string, text: string): XssLine {
  const lines = source.read(file).split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no line with ${text}`);
  return { file, line: index + 1, text: lines[index]?.trim() ?? "" };
}
