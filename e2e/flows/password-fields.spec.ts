import { expect, test } from "../fixtures/test.ts";

test("[ASVS 6.2.6: cannot] [ASVS 6.2.7 managers: cannot] a lab's public passwords are readable while typed, and password managers are told not to store them", async ({
  dashboard,
  flows,
}) => {
  await flows.openHow();
  const field = dashboard.getByRole("textbox", { name: "Password" });
  await expect(field).toHaveAttribute("type", "text");
  await expect(field).toHaveAttribute("autocomplete", "off");
});

test("[ASVS 6.2.7 paste] a pasted password is taken unchanged", async ({ dashboard, flows }) => {
  await flows.openHow();
  const field = dashboard.getByRole("textbox", { name: "Password" });
  const known = await field.inputValue();
  await field.press("ControlOrMeta+a");
  await field.press("ControlOrMeta+c");
  await field.fill("");
  await field.press("ControlOrMeta+v");
  await expect(field).toHaveValue(known);
  await flows.logIn("Server session");
});
