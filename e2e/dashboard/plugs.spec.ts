import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

/** What the plugs say of a flow, in its colour. */
const saidOf = (page: Page, flow: string) => page.getByRole("status").locator(`[data-flow="${flow}"]`);

test("the plug Restart ends a login that one process's memory has, and the column says that the memory was lost", async ({
  dashboard,
  flows,
}) => {
  await flows.choose("Server session", "Memory");
  await flows.logIn("Server session");
  await flows.logIn("Hybrid");
  await dashboard.getByRole("button", { name: "Restart", exact: true }).click();
  await expect(flows.state("Server session")).toHaveText("refused INVALID_CREDENTIAL");
  await expect(flows.column("Server session")).toContainText("No record in this process’s memory has this id.");
  await expect(flows.column("Server session")).not.toContainText("It was changed");
  await expect(flows.state("Hybrid")).toHaveText("alice accepted");
  await expect(saidOf(dashboard, "server-session")).toHaveText("Server session refused INVALID_CREDENTIAL");
  await expect(saidOf(dashboard, "hybrid")).toHaveText("Hybrid still accepted");
  await expect(saidOf(dashboard, "cookie")).toHaveCount(0);
});

test("the page of a session service's client says that it is never told why a login is over", async ({
  dashboard,
  flows,
}) => {
  await flows.choose("Hybrid", "Introspected");
  await flows.logIn("Hybrid");
  await dashboard.getByRole("button", { name: "+8 h", exact: true }).click();
  await expect(flows.state("Hybrid")).toHaveText("refused INVALID_CREDENTIAL");
  await expect(saidOf(dashboard, "hybrid")).toHaveText("Hybrid refused INVALID_CREDENTIAL");
  await expect(flows.column("Hybrid")).toContainText("The session service says “not active”, and never says why.");
});
