import { expect, test } from "vitest";
import { readReadable } from "./readable-source.ts";

test.for(["lib/flows/cookie/flow.ts", "e2e/source/source.spec.ts", "proxy.ts", "app/compare/[...pair]/page.tsx"])(
  "%s can be read, as it is and percent-encoded",
  async (path) => {
    expect((await readReadable(path.split("/")))?.path).toBe(path);
    expect((await readReadable(path.split("/").map(encodeURIComponent)))?.path).toBe(path);
  },
);

test.for([
  ".env",
  ".env.local",
  ".env.example",
  "package.json",
  "data/loginscope.db",
  "test-results/conformance.json",
  "node_modules/next/package.json",
  "node_modules/jose/dist/types/index.d.ts",
  "lib/stores/prisma/generated/client.ts",
  "lib/flows/../../package.json",
  "lib/../.env",
  "../../etc/passwd",
  "%2e%2e/%2e%2e/etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "/etc/passwd",
  "lib//flows/cookie/flow.ts",
  "lib/./flows/cookie/flow.ts",
  "lib\\flows\\cookie\\flow.ts",
  "LIB/flows/cookie/flow.ts",
  "lib/flows/cookie",
  "lib/flows/cookie/flow.ts\0",
  "%",
  "",
])("%j is no readable path", async (path) => {
  expect(await readReadable([path])).toBeNull();
  expect(await readReadable(path.split("/"))).toBeNull();
});
