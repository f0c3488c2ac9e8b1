import type { FlowId } from "../../../core/ids.ts";
import { createRequestJar } from "../../../http/request/cookie-jar.ts";
import { inNoFrame } from "../../../http/security-headers.ts";
import type { VictimsPage } from "../hosts/victims-page.ts";
import { framedName } from "./model.ts";
import type { PlayTokens } from "./play-tokens.ts";
import { csrfCookies } from "./tokens.ts";

/** What the page needs of a play. */
export type FramedPlay = {
  readonly flow: FlowId;
  readonly tokens: PlayTokens;
  /** The flow proves itself in a header. */
  readonly isBearer: boolean;
  /** The pages that ran: each case with `open` or `closed`. */
  readonly ran: Set<string>;
};

type Parts = {
  /** The attack that its tickets are for. */
  readonly attack: string;
  readonly playOf: (labId: string) => FramedPlay | undefined;
  /** Whether a case has such a page. */
  readonly isCase: (id: string) => boolean;
  readonly random: () => string;
};

/**
 * A page of the application with one button, which sends a coin: its own request, with its token. `open` may be framed by
 * anybody, `closed` has the policy of all pages here. Each tells that it ran.
 */
export function createFramedPage({ attack, playOf, isCase, random }: Parts): VictimsPage {
  return {
    name: framedName,
    async answer(request, { labOf }) {
      const [, , ticket = "", id = "", kind = ""] = new URL(request.url).pathname.split("/");
      const play = playOf(labOf(ticket, attack) ?? "");
      if (!play || !isCase(id) || (kind !== "open" && kind !== "closed")) return nothingHere();
      if (!methods.includes(request.method)) return notThisMethod();
      if (request.method === "POST") {
        play.ran.add(`${id} ${kind}`);
        return new Response(null, { status: 204, headers: onEvery });
      }
      const session = createRequestJar(request.headers.get("cookie")).get(csrfCookies.session)?.value;
      const token = session === play.tokens.session ? play.tokens.own : "";
      const nonce = random();
      const query = new URLSearchParams({ attack: ticket, case: id });
      const policy = [
        ...["default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src 'nonce-${nonce}'`, "connect-src 'self'"],
        ...["base-uri 'none'", "form-action 'none'", ...(kind === "closed" ? [inNoFrame] : [])],
      ].join("; ");
      const headers = { ...onEvery, "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
      return new Response(pageHtml(nonce, script(play, `/api/${play.flow}/transfer?${query}`, token)), { headers });
    },
  };
}

const onEvery = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };

const methods = ["GET", "HEAD", "POST"];

function notThisMethod(): Response {
  const headers = { ...onEvery, "content-type": "text/plain; charset=utf-8", allow: methods.join(", ") };
  return new Response("This address does not know that method.\n", { status: 405, headers });
}

function nothingHere(): Response {
  const headers = { ...onEvery, "content-type": "text/plain; charset=utf-8" };
  return new Response("There is nothing at this address.\n", { status: 404, headers });
}

/** The page of a flow with bearer tokens has none after it was loaded, so it asks for one first. */
function script({ flow, isBearer }: FramedPlay, address: string, token: string): string {
  const bearer = isBearer
    ? `
    const answer = await fetch("/api/${flow}/refresh", { method: "POST" }).catch(() => null);
    const { access_token } = answer?.ok ? await answer.json() : {};
    if (access_token) headers.authorization = "Bearer " + access_token;`
    : "";
  return `
  fetch(location.href, { method: "POST" });
  document.querySelector("button").onclick = async () => {
    const headers = { "content-type": "application/json", "x-csrf-token": ${JSON.stringify(token)} };${bearer}
    const body = JSON.stringify({ to: "bob", amount: 1 });
    await fetch(${JSON.stringify(address)}, { method: "POST", headers, body }).catch(() => {});
    location.reload();
  };
`;
}

function pageHtml(nonce: string, text: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>alice’s account</title>
<style nonce="${nonce}">body { margin: 0 } button { width: 100vw; height: 100vh }</style>
<button type="button">Send a coin to bob</button>
<script nonce="${nonce}">${text}</script>
`;
}
