import { expect, test } from "../fixtures/test.ts";

test("[RFC 8414 3.1] a lab's metadata stands at the well-known address of its issuer", async ({ dashboard }) => {
  const { lab } = await (await dashboard.request.get("/api/lab")).json();
  const found = await dashboard.request.get(`/.well-known/oauth-authorization-server/api/labs/${lab.id}`);
  expect(found.status()).toBe(200);
  expect(found.headers()["set-cookie"]).toBeUndefined();
  expect(await found.json()).toEqual(await (await dashboard.request.get(`/api/labs/${lab.id}/metadata`)).json());
});
