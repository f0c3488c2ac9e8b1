import { createServer, type Server } from "node:http";
// The browser logs an error for each answer that CORS keeps from a page, so these errors are expected.
import { expect, type Page, test } from "@playwright/test";

/**
 * Both hosts use the port after the application's, where this file serves an empty page. The application allows one.
 */
const hosts = { allowed: "friend.localhost", stranger: "stranger.localhost" } as const;

test.describe.configure({ mode: "serial" });

let server: Server;
test.beforeAll(async ({ baseURL }) => {
  server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>A page of another site</title>");
  });
  const port = portAfter(baseURL);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
});
test.afterAll(() => void server.close());

function portAfter(baseURL: string | undefined): number {
  return Number(new URL(baseURL ?? "").port) + 1;
}

type Asked = { readonly status: number; readonly body: string } | "kept from the page";

type Question = {
  readonly url: string;
  readonly bearer?: string;
  readonly body?: object;
  readonly credentials?: "include";
};

/** Sends a request by a script of that page, subject to all rules of the browser. */
function askFrom(page: Page, question: Question): Promise<Asked> {
  return page.evaluate(async ({ url, bearer, body, credentials }) => {
    const headers = new Headers();
    if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    const init = {
      headers,
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      ...(credentials && { credentials }),
    };
    try {
      const response = await fetch(url, init);
      return { status: response.status, body: await response.text() };
    } catch {
      return "kept from the page" as const;
    }
  }, question);
}

/** A token for such a page, from a native login by its own server. */
async function nativeToken(baseURL: string | undefined): Promise<string> {
  const login = { username: "alice", password: "alice-likes-tea", client: "native", variant: "memory-jwt/rotating" };
  const response = await fetch(`${baseURL}/api/memory-jwt/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(login),
  });
  return (await response.json()).access_token;
}

async function open(page: Page, host: string, baseURL: string | undefined): Promise<void> {
  await page.goto(`http://${host}:${portAfter(baseURL)}/`);
}

test("[ASVS 3.4.2] a page of an allowed origin reads and changes with a bearer token", async ({ page, baseURL }) => {
  const bearer = await nativeToken(baseURL);
  await open(page, hosts.allowed, baseURL);
  const me = await askFrom(page, { url: `${baseURL}/api/memory-jwt/me`, bearer });
  expect(me).toMatchObject({ status: 200, body: expect.stringContaining('"username":"alice"') });
  const transfer = { url: `${baseURL}/api/memory-jwt/transfer`, bearer, body: { to: "bob", amount: 1 } };
  expect(await askFrom(page, transfer)).toMatchObject({ status: 200, body: '{"balance":99}' });
});

test("[ASVS 3.4.2] a page of any other origin gets no answer, with the same token", async ({ page, baseURL }) => {
  const bearer = await nativeToken(baseURL);
  await open(page, hosts.stranger, baseURL);
  expect(await askFrom(page, { url: `${baseURL}/api/memory-jwt/me`, bearer })).toBe("kept from the page");
  // The preflight failed, so the transfer was not sent.
  const transfer = { url: `${baseURL}/api/memory-jwt/transfer`, bearer, body: { to: "bob", amount: 1 } };
  expect(await askFrom(page, transfer)).toBe("kept from the page");
  const headers = { authorization: `Bearer ${bearer}` };
  const lab = await (await fetch(`${baseURL}/api/lab`, { headers })).json();
  expect(lab.people.find(({ username }: { username: string }) => username === "alice").balance).toBe(100);
});

test("[ASVS 3.4.2] the browser's cookies never authenticate a page of another origin, allowed or not", async ({
  page,
  baseURL,
}) => {
  // This browser has a login by cookie.
  await page.goto("/");
  const login = { username: "alice", password: "alice-likes-tea", variant: "memory-jwt/http-only-cookie" };
  const own = await askFrom(page, { url: `${baseURL}/api/memory-jwt/login`, body: login });
  expect(own).toMatchObject({ status: 200 });
  expect(await askFrom(page, { url: `${baseURL}/api/memory-jwt/me` })).toMatchObject({ status: 200 });
  for (const host of Object.values(hosts)) {
    await open(page, host, baseURL);
    const url = `${baseURL}/api/memory-jwt/me`;
    expect(await askFrom(page, { url, credentials: "include" })).toBe("kept from the page");
    const without = await askFrom(page, { url });
    if (host === hosts.allowed) expect(without).toMatchObject({ status: 401 });
    else expect(without).toBe("kept from the page");
  }
});

test("a login from a page of another origin is refused: without Authorization the origin decides", async ({
  page,
  baseURL,
}) => {
  await open(page, hosts.allowed, baseURL);
  const body = { username: "alice", password: "alice-likes-tea" };
  const login = await askFrom(page, { url: `${baseURL}/api/memory-jwt/login`, body });
  expect(login).toMatchObject({ status: 403, body: expect.stringContaining("CROSS_SITE_REQUEST") });
});
