import { readdirSync } from "node:fs";
import { unstable_doesMiddlewareMatch as isMatched } from "next/experimental/testing/server";
import { NextRequest } from "next/server.js";
import { expect, test } from "vitest";
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
])("%s is no page", (url) => {
  expect(matches(url)).toBe(false);
});

const inPublic = readdirSync("public").map((name) => `/${name}`);
test.for(inPublic)("the file %s has no cookie and no policy, and other methods than GET and HEAD are 405", (url) => {
  const at = (method: string) => proxy(new NextRequest(`http://localhost${url}`, { method }));
  expect(matches(url)).toBe(true);
  const { headers } = at("GET");
  expect([headers.get("set-cookie"), headers.get("content-security-policy")]).toEqual([null, null]);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const refused = at(method);
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  }
});
