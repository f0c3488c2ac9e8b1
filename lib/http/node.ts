import type { CookieSpec } from "../core/cookie.ts";
import type { LabContext } from "./application.ts";
import type { RequestJar } from "./request/cookie-jar.ts";

/**
 * In lab mode a request says who answers it. `Loginscope-Node: other`: a second node of the same application, with the
 * same code and the same database, and with a memory of its own. `Loginscope-Node: sticky`: the node that a router in
 * front of both keeps this browser to. An answer of the second node says so by the same header.
 */
export const nodeHeader = "loginscope-node";

/** The router's cookie: the node of this browser. The router gives a new browser to the second node. */
export const routeCookie = {
  name: "__Host-node",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies CookieSpec;

type Node = "this" | "other";

/** The lab as the node sees it that answers this request. `jar`: the request's own, in which the router has its cookie. */
export function atNode(
  context: LabContext,
  request: Request,
  jar: RequestJar,
): { context: LabContext; node: "other" | null } {
  const asked = request.headers.get(nodeHeader);
  const node = asked === "sticky" ? routedTo(jar) : asked;
  return node === "other" ? { context: context.atOtherNode(), node } : { context, node: null };
}

function routedTo(jar: RequestJar): Node {
  const kept = jar.get(routeCookie.name)?.value;
  if (kept === "this" || kept === "other") return kept;
  jar.set(routeCookie.name, "other", routeCookie);
  return "other";
}
