import { expect, openLive, test } from "../fixtures/test.ts";

test("a leaked key is shown when it is asked for, forges an admin whom this lab believes, and a rotation with overlap keeps the thief in", async ({
  page,
}) => {
  await openLive(page, "/attacks/leaked-key?key=cookie/sealed");
  const desk = page.getByRole("region", { name: "In this lab" });
  const chip = desk.getByTestId("credential").first();
  const before = await chip.textContent();
  await chip.getByRole("button", { name: "Reveal" }).click();
  await expect(chip).not.toHaveText(before ?? "");
  await page.getByRole("button", { name: "Forge and send", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "No login, no password: Its variant lets the thief in as admin.",
  );
  const rotation = page.getByRole("region", { name: "Rotation", exact: true });
  const overlap = rotation.getByRole("table", { name: "With overlap", exact: true });
  await expect(overlap.getByRole("row", { name: /A day before the overlap ends/ })).toContainText("STILL IN");
  await expect(overlap.getByRole("row", { name: /When the overlap has ended/ })).toContainText("INVALID_CREDENTIAL");
  const cut = rotation.getByRole("table", { name: "Without overlap", exact: true });
  await expect(cut.getByRole("row", { name: /Just after it/ })).toContainText("both out");
  await expect(page.getByRole("region", { name: /A sealing key opens every cookie/ })).toContainText(
    "READ with the leaked key",
  );

  await desk.getByRole("button", { name: "Show the command that writes it" }).click();
  await expect(desk).toContainText("node -e");
  await desk.getByRole("button", { name: "Send it", exact: true }).click();
  await expect(desk.getByRole("status")).toContainText("GETS IN as admin, ends");
  await desk.getByRole("textbox", { name: "This one, or one of your own" }).fill("nonsense");
  await desk.getByRole("button", { name: "Send it", exact: true }).click();
  await expect(desk.getByRole("status")).toContainText("refused INVALID_CREDENTIAL");

  await page.getByRole("combobox", { name: "The key that leaked" }).selectOption("server-session/signed-id");
  await page.getByRole("button", { name: "Forge and send", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A perfect credential, and it is refused.");
  await expect(page.getByRole("listitem").filter({ hasText: "Signed id" })).toContainText("at look-up");
});
