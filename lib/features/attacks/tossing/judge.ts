import { labCookie } from "../../../http/request/lab-cookie.ts";
import type { Dispatch } from "../../../http/router.ts";
import { bareCookieName } from "../../../lab/cookies/cookie-prefix.ts";
import { withCookiePrefix } from "../weaknesses/weak/cookie-names.ts";
import type { namings, Sent, TossedFlow, TossedRequest, TossingAnswer } from "./model.ts";
import { firstCookieCounts } from "./weak/first-cookie.ts";

type Naming = (typeof namings)[number];

type Tossed = {
  readonly to: TossedFlow;
  readonly naming: Naming;
  /** The thief's value of the flow's cookie. */
  readonly thiefs: string;
};

export type Judged = {
  readonly told: TossedRequest;
  /** The thief's value, where the weak edge exchanged it. */
  readonly thiefsNext: string | null;
  /** What the weak edge sets for alice's browser, where it alone let her in: a token that it exchanged is used up. */
  readonly alices: readonly string[];
};

/**
 * What came, and what two edges make of the very same request: the flow's own, and one at which the first cookie of a
 * name counts.
 */
export async function judgeTossed(edge: Dispatch, request: Request, { to, naming, thiefs }: Tossed): Promise<Judged> {
  const named = edgeNamed(edge, naming);
  const cookie = `${naming.prefix}${to.name}`;
  const sent = sentIn(request.headers.get("cookie") ?? "", cookie, thiefs);
  const own = await answerOf(await named(request.clone()));
  const weak = await firstCookieCounts(named)(request.clone());
  const first = await answerOf(weak.clone());
  return {
    told: { flow: to.flow, cookie, sent, first, own },
    thiefsNext: first.as === "bob" ? valueIn(weak, to.name) : null,
    alices: first.as === "alice" && own.as !== "alice" ? weak.headers.getSetCookie() : [],
  };
}

/** The right edge, by whose names or by others. */
function edgeNamed(edge: Dispatch, { prefix }: Naming): Dispatch {
  return prefix === "__Host-" ? edge : withCookiePrefix(prefix)(edge);
}

function sentIn(header: string, cookie: string, thiefs: string): Sent {
  return header.split(/;\s*/).flatMap((pair): Sent => {
    const at = pair.indexOf("=");
    if (pair.slice(0, at) !== cookie) return [];
    return [pair.slice(at + 1) === thiefs ? "thief" : "alice"];
  });
}

async function answerOf(response: Response): Promise<TossingAnswer> {
  const text = await response.text();
  const body: unknown = text.startsWith("{") ? JSON.parse(text) : null;
  const told = typeof body === "object" && body !== null ? body : {};
  const user = "user" in told && typeof told.user === "object" && told.user !== null ? told.user : {};
  return {
    status: response.status,
    code: !response.ok && "code" in told ? String(told.code) : null,
    as: "username" in user ? String(user.username) : null,
  };
}

/** The value of a flow's cookie that an answer sets, as it stands in the line. */
function valueIn(response: Response, name: string): string | null {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    if (bareCookieName(pair.slice(0, at)) === name && at + 1 < pair.length) return pair.slice(at + 1);
  }
  return null;
}

/** A new login in the lab of the request, in a browser of its own: the value of its cookie. `null`: it was refused. */
export async function loginCookie(
  edge: Dispatch,
  request: Request,
  { flow, name }: Pick<TossedFlow, "flow" | "name">,
  credentials: { readonly username: string; readonly password: string | undefined },
): Promise<string | null> {
  const headers = { cookie: labIn(request).join("; "), "content-type": "application/json" };
  const url = new URL(`/api/${flow}/login`, request.url);
  const login = new Request(url, { method: "POST", headers, body: JSON.stringify(credentials) });
  return valueIn(await edge(login), name);
}

/** Ends such a login, by its own logout. */
export async function endLogin(
  edge: Dispatch,
  request: Request,
  { flow, name }: Pick<TossedFlow, "flow" | "name">,
  value: string,
): Promise<void> {
  const cookie = [...labIn(request), `__Host-${name}=${value}`].join("; ");
  await edge(new Request(new URL(`/api/${flow}/logout`, request.url), { method: "POST", headers: { cookie } }));
}

function labIn(request: Request): readonly string[] {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.filter((pair) => pair.startsWith(`${labCookie.name}=`));
}
