import { readdirSync } from "node:fs";
import { unstable_doesMiddlewareMatch as isMatched } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { labCookie } from "../lib/http/request/lab-cookie.ts";
import nextConfig from "../next.config.ts";
import { config, proxy } from "../proxy.ts";

const matches = (url: string, headers: Record<string, string> = {}) => isMatched({ config, nextConfig, url, headers });

test.for(["/", "/compare", "/icons", "/icon.svg.html", "/favicon", "/robots.txt/more", "/apis", "/_next/image?url=x"])(
  "[ASVS 3.4.3] the page %s has a policy and a nonce of its own, also where it is asked for ahead",
  (url) => {
    expect(matches(url)).toBe(true);
    expect(matches(url, { rsc: "1", "next-router-prefetch": "1" })).toBe(true);
  },
);

test.for([
  "/api/lab",
  "/.well-known/oauth-authorization-server/api/labs/any",
  "/.well-known/security.txt",
  "/_next/static/chunks/a.js",
  "/icon.svg",
  ...readdirSync("public").map((name) => `/${name}`),
])("%s is no page", (url) => {
  expect(matches(url)).toBe(false);
});

const { name } = labCookie;
const good = `${name}=${"a".repeat(43)}`;

/** The lab cookie that a page hears of, and the one that its browser is told to keep. */
function visit(cookie: string, sent: Record<string, string> = {}) {
  const asked = new NextRequest("http://localhost:3000/", { headers: { ...(cookie && { cookie }), ...sent } });
  const { headers } = proxy(asked);
  const heard = headers.get("x-middleware-request-cookie") ?? "";
  return { heard, kept: headers.get("set-cookie")?.split(";")[0] ?? null };
}

test.for(["", "other=1", `${name}=x`, `${name}=${"a".repeat(42)}`, `${name}=${"a".repeat(44)}`, `${name}=x; ${good}`])(
  "a browser that has no lab cookie of ours gets one, and its first page is drawn with it: '%s'",
  (cookie) => {
    const { heard, kept } = visit(cookie);
    expect(kept).toMatch(/^__Host-lab=[\w-]{43}$/);
    expect(heard.split("; ")[0]).toBe(kept);
    if (cookie) expect(heard).toContain(cookie);
  },
);

test("a browser that has one keeps it", () => {
  expect(visit(`other=1; ${good}`)).toEqual({ heard: `other=1; ${good}`, kept: null });
});

test("a page that another site asks for gives no lab cookie, unless it is navigated to", () => {
  for (const site of ["cross-site", "same-site"]) {
    const from = { "sec-fetch-site": site };
    expect(visit("", { ...from, "sec-fetch-mode": "no-cors" })).toEqual({ heard: "", kept: null });
    expect(visit("", { ...from, "sec-fetch-mode": "navigate" }).kept).toMatch(/^__Host-lab=/);
  }
  expect(visit("", { "sec-fetch-site": "none", "sec-fetch-mode": "no-cors" }).kept).toMatch(/^__Host-lab=/);
});
