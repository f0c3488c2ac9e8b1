import { type Repository, repository } from "../../source/repository.ts";
import { accountHtml, clearingHeader, keepingHeaders } from "./account-page.ts";
import {
  type DefenceTold,
  measuresOf,
  type ResidueDefence,
  type ResidueShown,
  residueDefences,
  type WayTold,
} from "./model.ts";
import { recordedPlays } from "./recorded-plays.ts";

const waysTold: readonly WayTold[] = [
  {
    ...{ id: "back", title: "Back button", subject: "the back button" },
    words: "The browser froze the page when it was left, with its scripts and their variables, and shows it again.",
  },
  {
    ...{ id: "cached", title: "HTTP cache", subject: "a link to a page in the HTTP cache" },
    words: "A link to a page that may be kept for ten minutes. No request is sent.",
  },
  {
    ...{ id: "prefetched", title: "Prefetched page", subject: "a prefetched page" },
    words: "The browser fetched the page before the logout, because another page told it to.",
  },
  {
    ...{ id: "router", title: "Next’s router cache", subject: "Next’s router cache" },
    words:
      "A page of this application, rendered on the server and gone back to without a request. The cache is a variable of a script.",
  },
  {
    ...{ id: "tab", title: "Open second tab", subject: "a tab that stayed open" },
    words: "It was open when the login ended, and nothing makes it ask.",
  },
];

const page = "lib/features/attacks/residue/account-page.ts";
const script = "lib/features/attacks/residue/page-script.ts";

/** What each defence is, and the line of the pages of this play that does it. */
const told: Readonly<Record<ResidueDefence, Omit<DefenceTold, "id" | "line"> & { readonly place: Place | null }>> = {
  none: {
    ...{ title: "None", source: "what a server sends that says nothing", place: null },
    words: "No line says what a browser may keep.",
  },
  "no-store": {
    ...{ title: "no-store", source: "RFC 9111 §5.2.2.5, ASVS 14.3.2" },
    words: null,
    place: { file: page, text: 'return [["cache-control", "no-store"]]' },
  },
  "asks-again": {
    ...{ title: "Asks again when shown", source: "HTML, the event pageshow" },
    words: null,
    place: { file: script, text: 'if (asksAgain) await ask("no-store")' },
  },
  "clear-site-data": {
    ...{ title: "Clear-Site-Data", source: "W3C Clear Site Data §3.1" },
    words: null,
    place: { file: page, text: "clearingHeader =" },
  },
  all: {
    ...{ title: "All three, and told", source: "ASVS 14.3.1, 14.3.2" },
    words: null,
    place: { file: script, text: "if (isTold) setInterval" },
  },
};

type Place = { readonly file: string; readonly text: string };

export function defencesTold(source: Repository = repository()): readonly DefenceTold[] {
  return residueDefences.map((id) => {
    const { place, ...rest } = told[id];
    return { id, ...rest, line: place && lineOf(source, place) };
  });
}

function lineOf(source: Repository, { file, text }: Place): NonNullable<DefenceTold["line"]> {
  const lines = source.read(file).split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no line with ${text}`);
  return { file, line: index + 1, text: lines[index]?.trim() ?? "" };
}

/** What the page shows before anything is played in its lab. */
export function residueShown(): ResidueShown {
  const pages = residueDefences.map((id) => [id, shownPage(id)] as const);
  return {
    ways: waysTold,
    defences: defencesTold(),
    pages: Object.fromEntries(pages) as ResidueShown["pages"],
    recorded: recordedPlays,
  };
}

/** The part of the page that a defence changes, as it is served. */
function shownPage(id: ResidueDefence): ResidueShown["pages"][ResidueDefence] {
  const measures = measuresOf[id];
  const settings = { channel: "", page: "account", walk: "", address: "", byToken: false, ...measures };
  const html = accountHtml({ ...settings, nonce: "", text: "alice has 100 coins", ahead: null });
  return {
    headers: keepingHeaders(measures, false).map((each) => each.join(": ")),
    html: html.split("\n").find((line) => line.startsWith('<p id="seen"')) ?? "",
    after: measures.clears ? clearingHeader.join(": ") : null,
  };
}
