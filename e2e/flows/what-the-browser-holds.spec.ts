import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { flows as modules } from "../../lib/flows/registry.ts";
import { loot, readableByScripts } from "../fixtures/injected-script.ts";
import { test as inOneBrowser } from "../fixtures/one-browser.ts";
import { expect, openLabMenu, openReady, test } from "../fixtures/test.ts";

for (const { manifest } of modules) {
  const [spec] = manifest.cookies;

  inOneBrowser(
    `the browser stores ${spec.name} with the attributes of its Set-Cookie line`,
    async ({ context, flows, baseURL }) => {
      await flows.logIn(manifest.title);
      const sameSite = { lax: "Lax", strict: "Strict" } as const;
      await expect(context).toHaveCookie(spec.name, {
        domain: new URL(baseURL ?? "").hostname,
        path: "/",
        httpOnly: true,
        secure: true,
        sameSite: sameSite[spec.sameSite],
        maxAgeSeconds: "session",
      });
    },
  );

  inOneBrowser(
    `[ASVS 3.3.4] ${manifest.defaults.lab}: no script can read ${spec.name}`,
    async ({ context, dashboard, flows }) => {
      await flows.logIn(manifest.title);
      const stored = (await context.cookies()).find(({ name }) => name === spec.name);
      expect(stored?.value).toBeTruthy();
      expect(await readableByScripts(dashboard)).not.toContain(stored?.value ?? "");
      await expect(flows.column(manifest.title)).toContainText(/scripts cannot read it|page memory/);
    },
  );
}

test("a remembered login's cookie lives for 30 days in the browser", async ({ context, dashboard, flows }) => {
  await flows.openHow();
  await dashboard.getByLabel("Remember me").check();
  await flows.logIn("Server session");
  await expect(context).toHaveCookie("__Host-sid", { maxAgeSeconds: 30 * 86_400 });
});

inOneBrowser(
  "the access token of memory-jwt is in the page's memory and in no storage",
  async ({ dashboard, flows, context }) => {
    const answered = dashboard.waitForResponse("**/api/memory-jwt/login");
    await flows.logIn("JWT in memory");
    const { access_token: token } = await (await answered).json();
    expect(token.split(".")).toHaveLength(3);
    const signature = token.split(".")[2];
    expect(await readableByScripts(dashboard)).not.toContain(signature);
    expect(JSON.stringify(await context.cookies())).not.toContain(signature);
  },
);

test("[ASVS 14.3.3] with any login, the page's storages contain only its theme and size, and when its lab was made", async ({
  dashboard,
  flows,
}) => {
  await (await openLabMenu(dashboard)).getByRole("button", { name: "Dark", exact: true }).click();
  await dashboard.keyboard.press("Escape");
  await flows.openHow();
  await dashboard.getByLabel("Remember me").check();
  for (const { manifest } of modules) await flows.logIn(manifest.title);
  await flows.press("Server session", "Send");
  const { local, session } = await loot(dashboard);
  const { "loginscope lab": lab, ...others } = JSON.parse(local);
  expect(others).toEqual({ "loginscope theme": "dark" });
  // The lab's public id, and times: by them a page knows a lab that was made anew.
  const time = "[0-9T:.Z-]+";
  const life = `{"madeAt":"${time}","expiresAt":"${time}"}`;
  const logins = modules.map(({ manifest }) => `"${manifest.id}":${life}`).join(",");
  expect(lab).toMatch(new RegExp(`^{"id":"[0-9a-f]{20}","seen":${life},"logins":{${logins}}}$`));
  expect(JSON.parse(session)).toEqual({});
});

test("the page shows the attributes of the Set-Cookie line that was sent", async ({ dashboard, flows }) => {
  const answered = dashboard.waitForResponse("**/api/hybrid/login");
  await flows.logIn("Hybrid");
  const line = await (await answered).headerValue("set-cookie");
  for (const attribute of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) {
    expect(line).toContain(attribute);
    await expect(flows.column("Hybrid").getByText(attribute, { exact: true })).toBeVisible();
  }
});

test("a credential is masked until it is revealed", async ({ context, flows }) => {
  await flows.logIn("Server session");
  const value = (await context.cookies()).find(({ name }) => name === "__Host-sid")?.value ?? "";
  const column = flows.column("Server session");
  await expect(column).not.toContainText(value);
  await flows.press("Server session", "Reveal");
  await expect(column).toContainText(value);
});

test("an exchange is copied as a command that gets in when a shell runs it, and copying says that a credential is on the clipboard", async ({
  context,
  dashboard,
  flows,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await flows.logIn("Server session");
  await flows.press("Server session", "Send");
  const exchanges = dashboard.getByRole("region", { name: "Exchanges" });
  await exchanges
    .getByRole("button", { name: /GET me/ })
    .first()
    .click();
  await exchanges.getByRole("button", { name: "Copy as curl" }).click();
  await expect(exchanges.getByText(/a live one is on the clipboard now/)).toBeVisible();
  const command = await dashboard.evaluate(() => navigator.clipboard.readText());
  const { stdout } = await promisify(execFile)("sh", ["-c", command]);
  expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
  expect(stdout).toContain('"username":"alice"');
  await context.clearPermissions();
});

test("a page that did not see the Set-Cookie line says so, and shows the declared attributes", async ({
  dashboard,
  flows,
  expectStatus,
}) => {
  expectStatus(401);
  await flows.logIn("Server session");
  const column = flows.column("Server session");
  await expect(column.getByRole("list", { name: "Attributes of __Host-sid, as sent" })).toBeVisible();
  // The server keeps the last 60 exchanges of a lab, so these push the login out.
  await dashboard.evaluate(async () => {
    for (let each = 0; each < 61; each++) await fetch("/api/cookie/me");
  });
  await dashboard.reload();
  await expect(flows.state("Server session")).toHaveText("alice accepted");
  await expect(column).toContainText("was sent before this page began to watch");
  const declared = column.getByRole("list", { name: "Attributes of __Host-sid, as declared" });
  for (const attribute of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"])
    await expect(declared).toContainText(attribute);
  await expect(dashboard.getByRole("region", { name: "Time line" })).toContainText("is not known: Server session");
});

test("an access token is masked until it is revealed, and has the same name in every pane, also of a login before the page's stream is open", async ({
  page,
}) => {
  const late = page.waitForResponse("**/api/memory-jwt/login");
  await page.route("**/api/lab/exchanges*", async (route) => {
    await late;
    await route.continue();
  });
  await openReady(page, "/memory-jwt");
  const panes = page.getByRole("region", { name: "Browser, wire, server" });
  const given = page.waitForResponse("**/api/memory-jwt/login");
  await page.getByRole("region", { name: "Login" }).getByRole("button", { name: "Log in", exact: true }).click();
  const { access_token: token } = await (await given).json();
  const chips = panes.getByText("access token", { exact: true });
  await expect(chips).toHaveCount(2);
  await expect(panes).not.toContainText(token);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(panes.getByText("GET /api/memory-jwt/me")).toBeVisible();
  await expect(chips).toHaveCount(2);
  await expect(panes).not.toContainText(token);
  await panes.getByRole("button", { name: "Reveal credentials" }).click();
  await expect(panes).toContainText(token);
});

test("the dashboard shows the person's own request, and not the internal request that it caused", async ({
  dashboard,
  flows,
}) => {
  await flows.choose("Hybrid", "Introspected");
  await flows.logIn("Hybrid");
  await flows.press("Hybrid", "Send");
  const exchanges = dashboard.getByRole("region", { name: "Exchanges" });
  await expect(exchanges.getByText(/POST labs\/.*\/oauth\/introspect/).first()).toBeVisible();
  await expect(flows.column("Hybrid").getByText("GET me", { exact: true })).toBeVisible();
  await expect(flows.column("Hybrid")).not.toContainText("introspect");
});
