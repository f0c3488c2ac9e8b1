import type { Page } from "@playwright/test";
import { expect, openLive, test } from "../fixtures/test.ts";

const panes = (page: Page) => page.getByRole("region", { name: /^Browser, wire, server/ });
const login = (page: Page) => page.getByRole("region", { name: "Login", exact: true });
const older = (page: Page) => page.getByRole("button", { name: "Older exchange" });

async function press(page: Page, name: string, request: string): Promise<void> {
  await login(page).getByRole("button", { name, exact: true }).click();
  await expect(panes(page)).toContainText(request);
}

test("an older exchange is shown in all panes as it was, its arrows step, actions are off, and one click leads back", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLive(page, "/memory-jwt");
  await press(page, "Log in", "POST /api/memory-jwt/login");
  await expect(panes(page).getByTestId("credential")).toHaveCount(2);
  await press(page, "Send", "GET /api/memory-jwt/me");
  await press(page, "Log out", "POST /api/memory-jwt/logout");
  await expect(panes(page)).toContainText("This browser holds no credential");
  await expect(page.getByText("the last of 3")).toBeVisible();
  await expect(page.getByRole("button", { name: "Newer exchange" })).toHaveAttribute("aria-disabled", "true");

  await older(page).click();
  await expect(page.getByText(/^as it was, .*GET me$/)).toBeVisible();
  await expect(panes(page)).toContainText("GET /api/memory-jwt/me");
  await older(page).click();
  await expect(page.getByText(/^as it was, .*POST login$/)).toBeVisible();
  await expect(older(page)).toHaveAttribute("aria-disabled", "true");

  // Browser, wire and server; then the sequence and the lines.
  await expect(panes(page)).toContainText("after this exchange");
  await expect(panes(page).getByRole("listitem").filter({ hasText: "access token" })).toContainText("kept by the page");
  await expect(panes(page)).toContainText("POST /api/memory-jwt/login");
  await expect(panes(page)).toContainText("1 family, 1 live");
  await panes(page).getByRole("radio", { name: "before" }).check({ force: true });
  await expect(panes(page)).toContainText("No record yet.");
  await expect(page.getByRole("region", { name: "What happened" })).toContainText("POST /api/memory-jwt/login");
  await expect(page.getByRole("region", { name: "Lines that acted" })).toContainText("users.verify");
  // A value that was held then cannot be revealed any more.
  await expect(panes(page).getByTestId("credential")).toHaveCount(0);
  for (const name of ["Log in", "Log out", "Refresh", "Send"])
    await expect(login(page).getByRole("button", { name, exact: true })).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(panes(page)).toContainText("POST /api/memory-jwt/logout");
  await expect(panes(page)).toContainText("This browser holds no credential");
  await expect(panes(page)).toContainText("1 family, 0 live");
  await press(page, "Log in", "POST /api/memory-jwt/login");
});

test("after a reload the page says that it did not see what the browser held, and still has the server's side", async ({
  page,
}) => {
  await openLive(page, "/server-session");
  await press(page, "Log in", "POST /api/server-session/login");
  await press(page, "Log out", "POST /api/server-session/logout");
  await openLive(page, "/server-session");
  await page
    .getByRole("region", { name: "Exchanges" })
    .getByRole("button", { name: /POST login/ })
    .click();
  await expect(panes(page)).toBeInViewport({ ratio: 0.9 });
  await expect(panes(page)).toContainText("This page did not look at the browser");
  await expect(panes(page)).toContainText("1 record, 1 live");
});
