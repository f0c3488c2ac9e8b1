import { createRequestJar } from "../../../http/request/cookie-jar.ts";
import type { AttackersPage } from "./attackers-page.ts";
import type { Joins } from "./joins.ts";
import type { AttackHost, HostOrigins, Loot } from "./model.ts";

const mostLoot = 4096;

type Parts = {
  readonly origins: HostOrigins;
  readonly joins: Joins;
  readonly pages: readonly AttackersPage[];
  readonly keepLoot: (labId: string, loot: Loot) => void;
  readonly now: () => number;
};

/** Which of these hosts a `Host` header names; `null`: none of them. Nearly all requests name the one of the last. */
export function createAttackHostOf(origins: HostOrigins): (host: string) => AttackHost | null {
  let last: { readonly host: string; readonly is: AttackHost | null } = { host: "", is: null };
  return (host) => {
    if (host !== last.host) last = { host, is: attackHostOf(origins, host) };
    return last.is;
  };
}

function attackHostOf(origins: HostOrigins, host: string): AttackHost | null {
  if (!URL.canParse(`http://${host}`)) return null;
  const { hostname, port } = new URL(`http://${host}`);
  // A name may end with the dot of the root (RFC 1034 §3.1).
  const name = hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
  const named = port === "" ? name : `${name}:${port}`;
  const isAt = (origin: string | null) => origin !== null && new URL(origin).host === named;
  return (["sibling", "attacker", "otherPort", "vulnerable"] as const).find((each) => isAt(origins[each])) ?? null;
}

/**
 * Answers all that is asked of the attacker's hosts: `/<page>?code=` opens a page of an attack, `/<page>/<ticket>/…` is
 * that page, `/loot/<ticket>` keeps what is sent there. Nothing of the application is served, and no cookie is read.
 * The vulnerable host has its pages in the same way. In place of loot it has what its attack lets through to the
 * application: no address of the lab is there.
 */
export function createAttackersHosts({ origins, joins, pages, keepLoot, now }: Parts) {
  async function loot(request: Request, ticket: string): Promise<Response> {
    const joined = joins.of(ticket);
    if (!joined) return nothing();
    const sent = new URL(request.url).searchParams.get("text") ?? (await beginOf(request));
    const dest = request.headers.get("sec-fetch-dest") ?? "";
    const kept = { page: joined.page, dest: dest.slice(0, 20), text: sent.slice(0, mostLoot) };
    keepLoot(joined.labId, { at: new Date(now()).toISOString(), ...kept });
    // A script of any page may send here, and see that it arrived.
    return new Response(null, { status: 204, headers: { ...onEvery, "access-control-allow-origin": "*" } });
  }

  function page(
    host: AttackHost,
    request: Request,
    [name = "", ticket = "", ...rest]: readonly string[],
  ): Response | Promise<Response> {
    const url = new URL(request.url);
    const asked = pages.find((each) => each.name === name);
    if (!asked) return nothing();
    const code = url.searchParams.get("code");
    if (ticket === "" && code !== null) {
      const given = joins.redeem(code, name);
      return given === null ? nothing() : redirect(`/${name}/${given}`);
    }
    const joined = joins.of(ticket);
    if (joined?.page !== name) return nothing();
    return asked.answer({ ticket, labId: joined.labId, rest, host, origins, request });
  }

  /** The cookie has the ticket, which opens nothing else. */
  async function passesOn(request: Request): Promise<Response> {
    const joined = joins.of(createRequestJar(request.headers.get("cookie")).get(ticketCookie)?.value ?? "");
    const asked = pages.find((each) => each.name === joined?.page);
    return joined && asked?.passesOn ? asked.passesOn({ labId: joined.labId, request }) : nothing();
  }

  return async (host: AttackHost, request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname.split("/").slice(1);
    if (host === "vulnerable" && path[0] === "api") return passesOn(request);
    if (host !== "vulnerable" && path[0] === "loot") return loot(request, path[1] ?? "");
    return page(host, request, path);
  };
}

/** Names the attack in what a vulnerable page asks of the application. */
export const ticketCookie = "__Host-attack";

/** Reads no more than is kept. */
async function beginOf(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= mostLoot) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

const onEvery = { "cache-control": "no-store", "x-content-type-options": "nosniff" } as const;

/** A page of the attacker's, with no policy of its own: an attacker sends none. */
export function attackersHtml(html: string, headers: readonly (readonly [string, string])[] = []): Response {
  const answer = new Response(html, { headers: { ...onEvery, "content-type": "text/html; charset=utf-8" } });
  for (const [name, value] of headers) answer.headers.append(name, value);
  return answer;
}

export function redirect(to: string, status: 302 | 303 | 307 = 303): Response {
  return new Response(null, { status, headers: { ...onEvery, location: to } });
}

export function nothing(): Response {
  const text = "This host belongs to experiments with an attacker. There is nothing at this address.\n";
  return new Response(text, { status: 404, headers: { ...onEvery, "content-type": "text/plain; charset=utf-8" } });
}
