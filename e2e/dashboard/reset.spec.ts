import { expect, openLabMenu, openLive, test } from "../fixtures/test.ts";

test("a reset names the logins and the played cells that go with the lab, and does nothing until it is confirmed", async ({
  dashboard,
  flows,
}) => {
  await flows.logIn("Cookie");
  await flows.logIn("Server session");
  const wanted = { variants: ["cookie/signed"], experiments: ["replay-after-logout"] };
  const played = await dashboard.request.post("/api/lab/matrix", { data: wanted });
  expect(await played.text()).toContain('"type":"cell"');
  const lab = async () => (await (await dashboard.request.get("/api/lab")).json()).lab.id;
  const before = await lab();

  await (await openLabMenu(dashboard)).getByRole("button", { name: "Reset lab" }).click();
  const dialog = dashboard.getByRole("dialog", { name: "Reset this lab?" });
  await expect(dialog.getByRole("listitem").first()).toHaveText("2 live logins that this page shows");
  await expect(dialog.getByRole("listitem").nth(1)).toContainText("1 played cell of the matrix");
  await dialog.getByRole("button", { name: "Keep this lab" }).click();
  await expect(dialog).toBeHidden();
  expect(await lab()).toBe(before);
  await expect(flows.state("Cookie")).toHaveText("alice accepted");

  await (await openLabMenu(dashboard)).getByRole("button", { name: "Reset lab" }).click();
  await dialog.getByRole("button", { name: "Reset it" }).click();
  await expect(flows.state("Cookie")).toHaveText("not logged in");
  expect(await lab()).not.toBe(before);
});

test("a lab is reset from any page, and the page is shown again in the new lab, without the mark of a weakness", async ({
  page,
}) => {
  await openLive(page, "/audit?type=logged-in");
  await page.request.patch("/api/lab/attacks/weaknesses", { data: { weakness: "any-origin", on: true } });
  await page.reload();
  const mark = page.getByRole("banner").getByRole("link", { name: "1 weakness on" });
  await expect(mark).toBeVisible();
  const lab = async () => (await (await page.request.get("/api/lab")).json()).lab.id;
  const before = await lab();
  await (await openLabMenu(page)).getByRole("button", { name: "Reset lab" }).click();
  await page.getByRole("button", { name: "Reset it" }).click();
  await expect.poll(lab).not.toBe(before);
  await expect(page).toHaveURL("/audit");
  await expect(mark).toBeHidden();
});
