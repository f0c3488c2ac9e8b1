import type { ArrivedRequest } from "./model.ts";
import { shownBody } from "./shown-body.ts";

/** The headers that tell where a request comes from, and what its body is. */
const told = [
  ...["origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"],
  ...["content-type", "x-csrf-token", "access-control-request-method", "access-control-request-headers"],
] as const;

const mostText = 400;

/** A request as it arrived: no cookie's value, no password, and none of what names the attack. */
export async function arrivedRequest(
  request: Request,
  of: { readonly page: string; readonly name: string; readonly at: string },
): Promise<Omit<ArrivedRequest, "status">> {
  const { pathname, searchParams } = new URL(request.url);
  const kept = new URLSearchParams([...searchParams].filter(([name]) => name !== "attack" && name !== "case"));
  const headers = told.flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value.slice(0, mostText)] as const];
  });
  const host = request.headers.get("host") ?? "";
  return {
    ...of,
    method: request.method,
    path: kept.size > 0 ? `${pathname}?${kept}` : pathname,
    headers: [["host", host], ...headers],
    cookies: cookieNames(request.headers.get("cookie") ?? ""),
    body: shownBody(await request.text()),
  };
}

function cookieNames(header: string): readonly string[] {
  return header
    .split(";")
    .map((pair) => pair.split("=")[0]?.trim() ?? "")
    .filter(Boolean);
}
