import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { curlCommand, curlWarning } from "./curl-command.ts";

const origin = "http://localhost:3000";

function exchange(request: Partial<Exchange["request"]>, change: Partial<Exchange> = {}): Exchange {
  return {
    ...{ id: 1, at: 0, clockOffset: 0, flow: "cookie", action: "me", variant: null, device: "", code: null, steps: [] },
    ...{ took: 1, response: { status: 200, headers: [], body: null } },
    request: { method: "GET", path: "/api/cookie/me", headers: [], body: null, ...request },
    ...change,
  };
}

/** The words that a POSIX shell makes of a command. */
function words(command: string): readonly string[] {
  const printed = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}

describe("an exchange as a curl command", () => {
  test("has the address, the headers that the server reads, and the body, as a shell reads them", () => {
    const headers = [
      ["host", "localhost"],
      ["cookie", "__Host-sid=it's"],
      ["content-type", "application/json"],
      ["sec-fetch-site", "same-origin"],
    ] as const;
    const body = '{"scope":"all"}';
    const command = curlCommand(exchange({ method: "POST", path: "/api/hybrid/revoke", headers, body }), origin, {});
    expect(words(command)).toEqual([
      ...["-i", "-X", "POST", `${origin}/api/hybrid/revoke`],
      ...["-H", "cookie: __Host-sid=it's", "-H", "content-type: application/json", "--data-raw", body],
    ]);
  });

  test("keeps any value to the byte in a POSIX shell", () => {
    const text = fc.string({ unit: fc.constantFrom(..."aé'\"\\$`!*? \n;|&<>(){}#~"), maxLength: 40 });
    fc.assert(
      fc.property(text, (value) => {
        const command = curlCommand(exchange({ headers: [["cookie", value]] }), origin, {});
        expect(words(command).at(-1)).toBe(`cookie: ${value}`);
      }),
      { numRuns: 40 },
    );
  });

  test("has a lab's public password in the place of the mask, and leaves another person's mask", () => {
    const login = (username: string) =>
      exchange({ method: "POST", body: JSON.stringify({ username, password: "•••" }) }, { action: "login" });
    const sent = (username: string) => words(curlCommand(login(username), origin, { alice: "tea" })).at(-1);
    expect([sent("alice"), sent("carol")]).toEqual([
      '{"username":"alice","password":"tea"}',
      '{"username":"carol","password":"•••"}',
    ]);
  });
});

test("a command that would send a used refresh token again says so first", () => {
  expect(curlWarning(exchange({}, { action: "refresh" }))).toContain("reuse");
  expect(curlWarning(exchange({}, { action: "refresh", code: "EXPIRED" }))).not.toContain("reuse");
  expect(curlWarning(exchange({ headers: [["cookie", "a=b"]] }))).toBeNull();
});

test("a command whose body was cut says so, and a token in a body is a credential", () => {
  expect(curlWarning(exchange({ body: "x".repeat(4096) }))).toContain("cut");
  expect(curlWarning(exchange({ headers: [], body: '{"refresh_token":"r"}' }))).toBeNull();
  expect(curlWarning(exchange({ headers: [], body: null }))).toContain("no credential");
});
