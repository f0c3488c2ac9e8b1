import { expect, test } from "../fixtures/test.ts";

test("[RFC 8414 3.1] a lab's metadata is at the well-known address of its issuer", async ({ request }) => {
  const { lab } = await (await request.get("/api/lab")).json();
  const found = await request.get(`/.well-known/oauth-authorization-server/api/labs/${lab.id}`);
  expect(found.status()).toBe(200);
  expect(found.headers()["set-cookie"]).toBeUndefined();
  expect(await found.json()).toEqual(await (await request.get(`/api/labs/${lab.id}/metadata`)).json());
});

test("security.txt, robots.txt and the social picture are answered without a lab", async ({ request, baseURL }) => {
  const security = await request.get("/.well-known/security.txt");
  expect([security.status(), security.headers()["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
  expect(await security.text()).toContain(`Canonical: ${baseURL}/.well-known/security.txt`);
  const expires = Date.parse(/^Expires: (.+)$/m.exec(await security.text())?.[1] ?? "");
  expect((expires - Date.now()) / 86_400_000).toBeCloseTo(180, 0);
  const robots = await request.get("/robots.txt");
  expect(await robots.text()).toContain("Disallow: /api/");
  const page = await (await request.get("/compare")).text();
  const picture = await request.get("/social.png");
  expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);
  expect(page).toContain(`<meta property="og:image" content="${baseURL}/social.png"`);
  for (const path of ["/robots.txt", "/social.png"]) {
    const refused = await request.post(path);
    expect([refused.status(), refused.headers()["allow"]]).toEqual([405, "GET, HEAD"]);
  }
  for (const answer of [security, robots, picture]) expect(answer.headers()["set-cookie"]).toBeUndefined();
});
