import { flows as modules } from "../lib/flows/registry.ts";
import { expect, test } from "./fixtures/test.ts";

test("the clock dragged past the idle ends: every login that nobody used is refused EXPIRED", async ({
  dashboard,
  flows,
}) => {
  await dashboard.getByRole("button", { name: "Log in with all four" }).click();
  for (const { manifest } of modules) await expect(flows.state(manifest.title)).toHaveText("alice accepted");
  const line = dashboard.getByRole("region", { name: "Time line" });
  await expect(line.getByRole("list", { name: "Ends of Server session" })).toContainText("idle 29 min");
  await expect(line.getByRole("list", { name: "Ends of JWT in memory" })).toContainText("exp 14 min");

  const handle = line.getByRole("slider", { name: "Move the lab’s clock" });
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error("The handle is not drawn");
  await dashboard.mouse.move(box.x + 8, box.y + box.height / 2);
  await dashboard.mouse.down();
  await dashboard.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  await expect(line).toContainText("Server session: idle end");
  await dashboard.mouse.up();
  await expect(flows.state("Server session")).toHaveText("refused EXPIRED");
  await expect(flows.state("Cookie")).toHaveText("refused EXPIRED");
  await expect(line).toContainText("refused EXPIRED");
});

test("with the keyboard alone: arrows choose how far, Escape goes back, Enter moves the clock", async ({
  dashboard,
  flows,
}) => {
  await flows.logIn("Hybrid");
  const line = dashboard.getByRole("region", { name: "Time line" });
  const handle = line.getByRole("slider");
  await handle.focus();
  for (let press = 0; press < 5; press += 1) await handle.press("PageUp");
  await expect(handle).not.toHaveAttribute("aria-valuetext", "now");
  await handle.press("Escape");
  await expect(handle).toHaveAttribute("aria-valuetext", "now");
  await handle.press("End");
  await handle.press("Enter");
  await expect(flows.state("Hybrid")).toHaveText("refused EXPIRED");
});

test("a remembered login's cookie stands on the line, and the lab's clock brings its end no nearer", async ({
  dashboard,
  flows,
}) => {
  await dashboard.getByLabel("Remember me").check();
  await flows.logIn("Server session");
  const ends = dashboard.getByRole("list", { name: "Ends of Server session" });
  await expect(ends).toContainText("cookie 29 d 23 h");
  await dashboard.getByRole("button", { name: "+8 h" }).click();
  await expect(ends).toContainText("absolute 29 d 15 h");
  await expect(ends).toContainText("cookie 29 d 23 h");
});
