import type { FlowId } from "../../../core/ids.ts";
import { type Repository, repository } from "../../source/repository.ts";
import type { SenderOrigins } from "../hosts/model.ts";
import { csrfCases } from "./cases.ts";
import { type Defence, defences } from "./defences.ts";
import { inNoFrame, naive, sameSite } from "./judge.ts";
import type { CsrfTold, DefenceTold } from "./model.ts";
import { agedAfter } from "./watched-cookies.ts";

/** Names that are shown where a host of the attacker does not lead to this server. */
const named = {
  sibling: "http://evil.app.example",
  attacker: "http://evil.example",
  otherPort: "http://app.example:8080",
} as const;

/** Every case with its page, as the attacker's host serves it, but for what names the attack. */
export function csrfTold(origins: SenderOrigins, flow: FlowId): readonly CsrfTold[] {
  const shown = {
    victim: origins.victim,
    sibling: origins.sibling ?? named.sibling,
    attacker: origins.attacker ?? named.attacker,
    otherPort: origins.otherPort ?? named.otherPort,
  };
  return csrfCases.map(({ id, title, subject, place, page }) => {
    const target = {
      ...{ origins: shown, flow, id },
      ticket: null,
      next: "",
      planted: "<a token of the attacker’s own>",
      beforeLogin: "<a token of the session before the login>",
      waits: agedAfter,
    };
    const { html, headers = [] } = page(target);
    return { ...{ id, title, subject, place, html }, headers: headers.map(([name, value]) => `${name}: ${value}`) };
  });
}

type Place = { readonly file: string; readonly text: string };

const file = "lib/features/attacks/csrf/defences.ts";

/** The line of each defence that decides. */
const places: Readonly<Record<string, Place>> = {
  "frame-ancestors": { file: "lib/http/security-headers.ts", text: "export const inNoFrame" },
  origin: { file, text: 'request.headers["origin"] === origin' },
  referer: { file, text: 'originOf(request.headers["referer"]' },
  "fetch-metadata": { file, text: 'request.headers["sec-fetch-site"] === "same-origin"' },
  "json-only": { file, text: 'type === "application/json" ? null' },
  synchroniser: { file, text: "areEqual(sentToken(request), kept)" },
  "signed-token": { file, text: "areEqual(sentToken(request), held) ? null" },
  "naive-token": {
    file: "lib/features/attacks/csrf/weak/naive-double-submit.ts",
    text: "areEqual(sentToken(request), held)",
  },
  edge: { file: "lib/http/request/origin.ts", text: 'site === "same-origin" ? ok(null)' },
};

/** Every defence, in the order of the page: none, the browser's, the server's, and that of the flows themselves. */
export function defencesTold(source: Repository = repository()): readonly DefenceTold[] {
  const server = (defence: Pick<Defence, "id" | "title" | "source">, isWeak: boolean): DefenceTold => ({
    ...{ id: defence.id, title: defence.title, source: defence.source, words: null, isWeak },
    line: lineOf(source, defence.id),
  });
  const browser = Object.entries(sameSite).map(([id, { title, words }]) => ({
    ...{ id, title, source: "RFC 6265bis §5.6.7", words, isWeak: false, line: null },
  }));
  return [
    {
      ...{ id: "none", title: "None", source: "SameSite=None", isWeak: true, line: null },
      words: "No line asks which page sent it.",
    },
    ...browser,
    { ...inNoFrame, isWeak: false, line: lineOf(source, inNoFrame.id) },
    server(naive, true),
    ...defences.map((each) => server(each, false)),
    server({ id: "edge", title: "The flow’s own", source: "OWASP ASVS 3.5.1, 3.5.2, 3.5.3" }, false),
  ];
}

function lineOf(source: Repository, id: string): DefenceTold["line"] {
  const place = places[id];
  if (!place) return null;
  const lines = source.read(place.file).split("\n");
  const index = lines.findIndex((line) => line.includes(place.text));
  if (index < 0) throw new Error(`${place.file} has no line with ${place.text}`);
  return { file: place.file, line: index + 1, text: lines[index]?.trim() ?? "" };
}
