import { flows as modules } from "../lib/flows/registry.ts";
import { expect, openDashboard, test } from "./fixtures/test.ts";

/** What a page's scripts may weigh on the wire, compressed, the framework included. */
const mostBytes = 200_000;

for (const path of ["/", ...modules.map(({ manifest }) => `/${manifest.id}`)]) {
  test(`the scripts of ${path} weigh at most ${mostBytes / 1000} kB as they travel, with a login to show`, async ({
    context,
    dashboard,
  }) => {
    await dashboard.getByRole("button", { name: "Log in with all four" }).click();
    await expect(dashboard.getByTestId("login-state").last()).toHaveText("alice accepted");
    const page = await context.newPage();
    const scripts: Promise<{ readonly responseBodySize: number }>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script") scripts.push(request.sizes());
    });
    if (path === "/") await openDashboard(page);
    else {
      await page.goto(path);
      await expect(page.getByRole("region", { name: /taken apart$/ }).first()).toContainText("Encoded");
    }
    const sizes = (await Promise.all(scripts)).map(({ responseBodySize }) => responseBodySize);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostBytes);
  });
}
