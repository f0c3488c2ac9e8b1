import { expect, openLive, test } from "../fixtures/test.ts";

test("a planted session id is in both windows after a login that keeps it, and leads nowhere after one that gives a new id", async ({
  page,
}) => {
  await openLive(page, "/attacks/fixation");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("A session id is planted in alice’s browser, before she logs in.");
  await page.getByRole("button", { name: "Plant it" }).click();
  await expect(heading).toHaveText("The login keeps the id that came in: the thief is in as alice.");

  const windows = page.getByRole("region", { name: "Two windows" });
  const steps = windows.getByRole("listitem");
  await expect(steps).toHaveText([
    /1\. logs in, as bob.*POST \/api\/server-session\/login.*accepted 200\s+as bob/s,
    /2\. plants his id in alice’s browser.*the planted id.*the planted id/s,
    /3\. logs in, as alice.*accepted 200\s+as alice.*sent-ids\.ts:\d+.*the planted id/s,
    /4\. sends the planted id.*GETS IN 200\s+as alice/s,
    /5\. goes on/,
  ]);
  await page.getByRole("radio", { name: "gives a new id" }).check();
  await expect(heading).toHaveText("The login gives alice a new id, and the planted one leads nowhere.");
  await expect(steps.nth(3)).toHaveText(/refused 401 REVOKED.*validity\.ts:\d+/s);
  await expect(steps.nth(2)).toContainText("flow.ts");

  const every = page.getByRole("region", { name: "Every variant" });
  const row = (title: string) => every.getByRole("listitem").filter({ hasText: title });
  await page
    .getByRole("combobox", { name: "The variant whose session id is planted" })
    .selectOption("server-session/signed-id");
  await page.getByRole("button", { name: "Plant it" }).click();
  await expect(row("Signed id")).toHaveText(
    /refused REVOKED.*GETS IN as alice.*INVALID_CREDENTIAL.*INVALID_CREDENTIAL/s,
  );
  await expect(row("Nothing to plant").first()).toContainText("Cookie");
});
