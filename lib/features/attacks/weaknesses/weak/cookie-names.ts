import { flows } from "../../../../flows/registry.ts";
import { wholeBody } from "../../../../http/request/body.ts";
import type { Dispatch } from "../../../../http/router.ts";
import { bareCookieName } from "../../../../lab/cookies/cookie-prefix.ts";

/** The flows' own names, which begin with `__Host-`. */
const own: readonly string[] = flows.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => name));

/**
 * An edge whose login cookies have another prefix in their names. It renames the lines that the right edge has written,
 * and the cookies of a request before that edge sees them. What comes under the flows' own names does not count.
 */
export function withCookiePrefix(prefix: "" | "__Secure-"): (right: Dispatch) => Dispatch {
  const weakToOwn = new Map(own.map((name) => [`${prefix}${bareCookieName(name)}`, name]));
  const ownToWeak = new Map([...weakToOwn].map(([weak, name]) => [name, weak]));
  return (right) => async (request) => {
    const renamed = await withCookies(request, (name) => (ownToWeak.has(name) ? null : (weakToOwn.get(name) ?? name)));
    if ("answer" in renamed) return renamed.answer;
    const answer = await right(renamed.request);
    const lines = answer.headers.getSetCookie();
    if (lines.length === 0) return answer;
    const headers = new Headers(answer.headers);
    headers.delete("set-cookie");
    for (const line of lines) {
      const at = line.indexOf("=");
      const name = line.slice(0, at);
      headers.append("set-cookie", `${ownToWeak.get(name) ?? name}${line.slice(at)}`);
    }
    return new Response(answer.body, { status: answer.status, headers });
  };
}

/** The same request, whose cookies are named anew; `null`: it goes without this one. */
async function withCookies(
  request: Request,
  rename: (name: string) => string | null,
): Promise<{ readonly request: Request } | { readonly answer: Response }> {
  const { url, method, signal } = request;
  const header = request.headers.get("cookie");
  if (header === null) return { request };
  const read = await wholeBody(request);
  if ("answer" in read) return read;
  const headers = new Headers(request.headers);
  const pairs = header.split(/;\s*/).flatMap((pair) => {
    const at = pair.indexOf("=");
    const name = at < 0 ? null : rename(pair.slice(0, at));
    return name === null ? [] : [`${name}${pair.slice(at)}`];
  });
  headers.set("cookie", pairs.join("; "));
  const body = read.bytes.byteLength > 0 ? { body: read.bytes } : {};
  return { request: new Request(url, { method, headers, signal, ...body }) };
}
