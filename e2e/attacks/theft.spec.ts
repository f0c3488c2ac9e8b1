import { expect, openLive, test } from "../fixtures/test.ts";

test("a stolen session id is refused with binding, but not to the thief who looks like alice, and her own phone raises a false alarm", async ({
  page,
}) => {
  await openLive(page, "/attacks/theft");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("A copy of alice’s __Host-sid is in other hands.");
  await page.getByRole("button", { name: "Steal it and send it" }).click();
  await expect(heading).toHaveText("Three of four thieves are refused. The one who looks like alice gets in.");

  const rows = page.getByRole("region", { name: "Who sends it" }).getByRole("listitem");
  await expect(rows).toHaveText([
    /A thief, from a device of his own.*OffGETS IN.*WarnGETS INclient-changed.*EnforcerefusedCLIENT_CHANGED/s,
    /A thief in the same café.*GETS IN.*client-changed.*CLIENT_CHANGED/s,
    /A thief who sends her user agent.*GETS IN.*client-changed.*CLIENT_CHANGED/s,
    /A thief who looks like her.*EnforceGETS INnothing noted/s,
    /alice herself, on the way.*Offgets in.*Warngets inclient-changed.*EnforceFALSE ALARMCLIENT_CHANGED/s,
  ]);
  await rows.getByRole("button", { name: "A thief who sends her user agent" }).click();
  const panes = page.getByRole("region", { name: "Theft" });
  await expect(panes).toContainText("from: 198.51.100.7");
  await expect(panes).toContainText("401 CLIENT_CHANGED");
  await expect(panes.getByRole("link", { name: /^validity\.ts:\d+$/ })).toBeVisible();

  await expect(page.getByRole("heading", { name: "Only a key that the device holds ends it" })).toBeVisible();

  await page.getByRole("radio", { name: "Off" }).check();
  await expect(heading).toHaveText("Bound to nothing, a copy gets in from anywhere.");

  await page.getByRole("combobox", { name: "The variant whose credential is stolen" }).selectOption("cookie/sealed");
  await page.getByRole("button", { name: "Steal it and send it" }).click();
  await expect(heading).toHaveText("No record is asked, so nothing is bound: a copy gets in from anywhere.");
});
