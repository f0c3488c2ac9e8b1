import { readdirSync } from "node:fs";
import { NextRequest } from "next/server.js";
import { describe, expect, test } from "vitest";
import { config, proxy } from "../proxy.ts";

describe("proxy.ts", () => {
  const at = (path: string, method = "GET") => proxy(new NextRequest(`http://localhost${path}`, { method }));

  test.for(["/.well-known/oauth-authorization-server/api/labs/any", "/.well-known/security.txt"])(
    "is not run for %s",
    (address) => {
      for (const { source } of config.matcher) expect(address).not.toMatch(new RegExp(`^${source}$`));
    },
  );

  const inPublic = readdirSync("public").map((name) => `/${name}`);
  test.for(inPublic)("adds nothing to the file %s, and answers 405 to other methods than GET and HEAD", (address) => {
    const { headers } = at(address);
    expect([headers.get("set-cookie"), headers.get("content-security-policy")]).toEqual([null, null]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const refused = at(address, method);
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
  });

  test.for([...inPublic, "/", "/cookie", "/who-still-gets-in", "/compare/cookie/hybrid"])("is run for %s", (page) => {
    expect(config.matcher.some(({ source }) => new RegExp(`^${source}$`).test(page))).toBe(true);
  });
});
