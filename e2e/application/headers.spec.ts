import { flows as modules } from "../../lib/flows/registry.ts";
import { expect, test } from "../fixtures/test.ts";

/** Headers of every answer, and the absence of credentials in addresses. */
const expected = {
  "strict-transport-security": /^max-age=\d{8,}/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^same-origin$/,
  "x-frame-options": /^DENY$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
};

test("[ASVS 3.4.1] [ASVS 3.4.4] [ASVS 3.4.5] [ASVS 3.4.6] [ASVS 3.4.8] [ASVS 3.5.8] pages and answers of the API have the security headers", async ({
  request,
}) => {
  for (const path of ["/", "/conformance", "/api/lab", "/api/health", "/api/nowhere"]) {
    const headers = (await request.get(path)).headers();
    for (const [name, value] of Object.entries(expected))
      expect([path, name, headers[name]]).toEqual([path, name, expect.stringMatching(value)]);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  }
});

test("[ASVS 3.4.3] a page's policy allows scripts by a nonce of that answer, and no plugins and no other base", async ({
  request,
}) => {
  const policies = await Promise.all(
    [1, 2].map(async () => (await request.get("/")).headers()["content-security-policy"] ?? ""),
  );
  const nonces = policies.map((policy) => /script-src 'nonce-([\w+/=-]{20,})' 'strict-dynamic';/.exec(policy)?.[1]);
  expect(new Set(nonces).size).toBe(2);
  for (const policy of policies) {
    for (const rule of ["object-src 'none'", "base-uri 'none'", "default-src 'self'"]) expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  }
});

test("[ASVS 3.4.7: cannot] no policy says where violations are reported", async ({ request }) => {
  for (const path of ["/", "/api/health"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).not.toMatch(/report-(?:to|uri)/);
    expect(headers["reporting-endpoints"]).toBeUndefined();
  }
});

test("[ASVS 3.2.1] a browser that opens an answer of the API runs no script of it and does not guess its type", async ({
  request,
}) => {
  for (const path of ["/api/health", "/api/lab", "/api/comparison?format=csv", "/api/nowhere"]) {
    const headers = (await request.get(path)).headers();
    expect([path, headers["content-security-policy"]]).toEqual([path, expect.stringMatching(/^default-src 'none';/)]);
    expect([path, headers["x-content-type-options"]]).toEqual([path, "nosniff"]);
    expect([path, headers["content-type"]]).toEqual([path, expect.not.stringContaining("html")]);
  }
});

test("[ASVS 14.2.1] [RFC 9700 4.3.2] [WSTG-SESS-04] no address of a browser's request contains a credential", async ({
  context,
  dashboard,
  flows,
}) => {
  const addresses: string[] = [];
  const tokens: string[] = [];
  dashboard.on("request", (request) => addresses.push(request.url()));
  dashboard.on("response", async (response) => {
    if (!/\/(?:login|refresh)$/.test(response.url())) return;
    const { access_token: token } = await response.json();
    if (token) tokens.push(token);
  });
  await dashboard.getByRole("button", { name: "Log in with all four" }).click();
  for (const { manifest } of modules) await expect(flows.state(manifest.title)).toHaveText("alice accepted");
  await flows.press("JWT in memory", "Refresh");
  await expect.poll(() => tokens.length).toBeGreaterThan(1);
  await flows.openHow();
  await dashboard.getByRole("button", { name: "Send a request with each" }).click();
  await expect(dashboard.getByText("GET me").nth(3)).toBeVisible();
  const held = [...tokens, ...(await context.cookies()).map(({ value }) => value)];
  expect(held.length).toBeGreaterThan(5);
  for (const value of held) {
    const secret = decodeURIComponent(value).split(".").at(-1) ?? value;
    expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
  }
});
