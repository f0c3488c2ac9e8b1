import { expect, test } from "../fixtures/test.ts";

test("where the server lost the lab, the page says that this one is new and whose logins are from before", async ({
  dashboard,
  flows,
  baseURL,
  playwright,
  expectStatus,
}) => {
  expectStatus(404);
  await flows.logIn("Server session");
  await flows.logIn("Hybrid");
  const [lab] = (await dashboard.context().cookies()).filter(({ name }) => name === "__Host-lab");
  // By another client, so that this browser keeps its cookies, as with a lost database.
  const elsewhere = await playwright.request.newContext({
    ...(baseURL !== undefined && { baseURL }),
    extraHTTPHeaders: { cookie: `__Host-lab=${lab?.value}` },
  });
  expect((await elsewhere.post("/api/lab/reset")).status()).toBe(204);
  await elsewhere.dispose();

  await dashboard.reload();
  const notice = dashboard.getByRole("alert", { name: "This lab is a new one" });
  await expect(notice).toContainText("its database was lost, or the lab was reset from elsewhere");
  await expect(notice).toContainText("Server session, Hybrid");
  await expect(flows.state("Server session")).toHaveText("refused INVALID_CREDENTIAL");

  await flows.logIn("Server session");
  await expect(notice).not.toContainText("Server session");
  await flows.press("Hybrid", "Log out");
  await expect(notice).toHaveCount(0);
});
