import { expect, test } from "vitest";
import { absorbCookies, cookieHeader } from "./held-cookies.ts";

function answer(...lines: readonly string[]): Response {
  return new Response(null, { headers: lines.map((line): [string, string] => ["set-cookie", line]) });
}

test("a client sends the last value of each cookie", () => {
  const held = new Map([["lab", "1"]]);
  absorbCookies(held, answer("sid=a=b; Path=/; HttpOnly", "csrf=x; Max-Age=60", "sid=c; Path=/"));
  expect(cookieHeader(held)).toBe("lab=1; sid=c; csrf=x");
});

test.each(["sid=; Max-Age=0; Path=/", "sid=;Path=/;max-age=-1"])("an expired cookie is deleted: %s", (line) => {
  const held = new Map([["sid", "a"]]);
  absorbCookies(held, answer(line));
  expect(cookieHeader(held)).toBeNull();
});
