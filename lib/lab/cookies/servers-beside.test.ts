import { describe, expect, test } from "vitest";
import { serversBeside } from "./servers-beside.ts";

const line = "__Host-lab=x; Path=/; Secure; HttpOnly; SameSite=None";
const at = (host: string, scheme: "http" | "https" = "http") =>
  serversBeside(line, { scheme, host, port: "3000", now: 0 }).map((each) => [
    each.origin,
    each.notSent,
    each.cannotSet,
  ]);

describe("a cookie with the prefix __Host-", () => {
  test("is shared with another port of its host, and with no other host", () => {
    expect(at("localhost")).toEqual([
      ["http://localhost:8080", null, null],
      ["http://other.localhost:3000", "HOST", "HOST"],
      ["http://other.example:3000", "HOST", "SECURE_OVER_HTTP"],
    ]);
    expect(at("login.example", "https")).toEqual([
      ["https://login.example:8080", null, null],
      ["https://other.login.example:3000", "HOST", "HOST"],
      ["https://other.example:3000", "HOST", "HOST"],
    ]);
  });

  test("of an address has no host below", () => {
    expect(at("127.0.0.1").map(([origin]) => origin)).toEqual(["http://127.0.0.1:8080", "http://other.example:3000"]);
  });
});

test("without a prefix and with a Domain, hosts below share it too", () => {
  const shared = "lab=x; Path=/; Secure; Domain=login.example";
  const [, below] = serversBeside(shared, { scheme: "https", host: "login.example", port: "", now: 0 });
  expect(below).toMatchObject({ origin: "https://other.login.example", notSent: null, cannotSet: null });
});
