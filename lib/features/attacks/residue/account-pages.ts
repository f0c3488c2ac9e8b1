import type { Dispatch } from "../../../http/router.ts";
import type { VictimsPage, VictimsPorts } from "../hosts/victims-page.ts";
import { accountHtml, clearingHeader, keepingHeaders } from "./account-page.ts";
import { measuresOf, type ResidueDefence, residueDefences } from "./model.ts";
import { whoIsSeen } from "./who-is-seen.ts";

const accountPagesName = "residue";

/** Those that stand for a page of an application; `data` is what a page with a token asks. */
const kinds = ["account", "cached", "prefetched", "left", "plain"] as const;
type Kind = (typeof kinds)[number];

const mostAhead = 1000;

/** What an address of these pages says. */
type Asked = {
  readonly kind: string;
  readonly flow: string;
  readonly defence: ResidueDefence;
  readonly walk: string;
  readonly run: string;
  readonly byToken: boolean;
};

/**
 * The account of an application that keeps its person logged in by a flow of this one: `/residue/<page>`. Its pages show
 * alice's balance, with the defence that the address names, and without the others.
 */
export function createAccountPages(random: () => string): VictimsPage {
  /** The walks whose page was fetched ahead, each with its run. Bounded by `mostAhead`, for every run has the same names. */
  const ahead = new Set<string>();

  async function page(kind: Kind, asked: Asked, request: Request, ask: Dispatch): Promise<Response> {
    const nonce = random();
    const measures = measuresOf[asked.defence];
    const isWritten = !asked.byToken && (kind === "account" || kind === "cached" || kind === "prefetched");
    const text = isWritten ? await whoIsSeen(ask, request, asked.flow) : "";
    if (kind === "prefetched" && request.headers.get("sec-purpose")?.includes("prefetch")) keepAhead(asked);
    const shows = kind !== "left" && kind !== "plain";
    const html = accountHtml({
      ...{ nonce, text, page: kind, walk: asked.walk, channel: `residue-${asked.run}`, byToken: asked.byToken },
      address: addressOf("data", asked),
      asksAgain: shows && measures.asksAgain,
      isTold: shows && measures.isTold && !asked.byToken,
      ahead: kind === "left" && !asked.byToken ? addressOf("prefetched", asked) : null,
    });
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'`;
    return answered(html, "text/html; charset=utf-8", [
      ["content-security-policy", policy],
      ...(shows ? keepingHeaders(measures, kind === "cached") : []),
    ]);
  }

  function keepAhead(asked: Asked): void {
    if (ahead.size >= mostAhead) ahead.delete([...ahead][0] ?? "");
    ahead.add(walkIn(asked));
  }

  async function answer(request: Request, { ask }: VictimsPorts): Promise<Response> {
    const asked = askedIn(new URL(request.url));
    if (request.method !== "GET" || !asked) return answered("There is nothing at this address.\n", plain, [], 404);
    const { kind, defence, flow } = asked;
    if (isKind(kind)) return page(kind, asked, request, ask);
    if (kind === "ahead") return answered(String(ahead.has(walkIn(asked))), plain, [["cache-control", "no-store"]]);
    if (kind === "cleared") return answered("", plain, [clearingHeader, ["cache-control", "no-store"]]);
    const headers = keepingHeaders(measuresOf[defence], true);
    return kind === "data"
      ? answered(await whoIsSeen(ask, request, flow), plain, headers)
      : answered("There is nothing at this address.\n", plain, [], 404);
  }

  return { name: accountPagesName, answer };
}

const walkIn = ({ run, walk }: Asked) => `${run} ${walk}`;
const plain = "text/plain; charset=utf-8";

function answered(body: string, type: string, headers: readonly (readonly [string, string])[], status = 200): Response {
  const own = [
    ["content-type", type],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "same-origin"],
  ] as const;
  return new Response(body, {
    status,
    headers: [...own, ...headers].map(([name, value]): [string, string] => [name, value]),
  });
}

function isKind(kind: string): kind is Kind {
  return kinds.some((each) => each === kind);
}

/** `null`: not an address that the play asks for. What is written into a page is of these letters alone. */
function askedIn({ pathname, searchParams }: URL): Asked | null {
  const of = (name: string) => searchParams.get(name) ?? "";
  const defence = residueDefences.find((each) => each === of("defence"));
  const named = [of("flow"), of("walk"), of("run")];
  if (!defence || !named.every((each) => /^[\w-]{0,100}$/.test(each))) return null;
  const kind = pathname.slice(accountPagesName.length + 2);
  return { kind, flow: of("flow"), defence, walk: of("walk"), run: of("run"), byToken: of("by") === "token" };
}

/** The same walk's address of another page. */
function addressOf(kind: string, { flow, defence, walk, run, byToken }: Asked): string {
  const query = new URLSearchParams({ flow, defence, walk, run, ...(byToken && { by: "token" }) });
  return `/${accountPagesName}/${kind}?${query}`;
}
