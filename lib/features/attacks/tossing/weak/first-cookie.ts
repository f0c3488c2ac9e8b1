import type { Dispatch } from "../../../../http/router.ts";

/** An edge that takes the first of several cookies of one name, and looks at no other. */
export function firstCookieCounts(right: Dispatch): Dispatch {
  return (request) => {
    const headers = new Headers(request.headers);
    const seen = new Set<string>();
    const pairs = (headers.get("cookie") ?? "").split(/;\s*/).filter((pair) => {
      const name = pair.split("=")[0] ?? "";
      const isFirst = !seen.has(name);
      seen.add(name);
      return isFirst;
    });
    headers.set("cookie", pairs.join("; "));
    return right(new Request(request, { headers }));
  };
}
