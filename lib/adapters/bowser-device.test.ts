import { expect, test } from "vitest";
import { deviceOf } from "./bowser-device.ts";

const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0";

test.for<[string, string]>([
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
    "Chrome on Linux",
  ],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Windows"],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) ${webkit} Safari/605.1.15`, "Safari on macOS"],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} Mobile/15E148 Safari/604.1`,
    "Safari on iOS, phone",
  ],
  [`Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) ${webkit} Mobile/15E148 Safari/604.1`, "Safari on iOS, tablet"],
])("a browser is named by its product, its system and its form factor: %s", ([userAgent, device]) => {
  expect(deviceOf(userAgent)).toBe(device);
});

test("an update of browser or system leaves a device its name", () => {
  const chrome = (android: number, version: number) =>
    `Mozilla/5.0 (Linux; Android ${android}; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Mobile Safari/537.36`;
  expect(deviceOf(chrome(14, 143))).toBe("Chrome on Android, phone");
  expect(deviceOf(chrome(16, 152))).toBe(deviceOf(chrome(14, 143)));
  expect(deviceOf("curl/8.6.0")).toBe(deviceOf("curl/8.5.0"));
});

test.for<[string, string]>([
  ["curl/8.5.0", "curl"],
  ["loginscope-experiment/1", "loginscope-experiment"],
])("any other client is named by its product: %s", ([userAgent, device]) => {
  expect(deviceOf(userAgent)).toBe(device);
});

test("a useless User-Agent is an unknown client, and a long name is cut", () => {
  for (const nothing of ["", "/", "/8.5.0"]) expect(deviceOf(nothing)).toBe("unknown client");
  expect(deviceOf("x".repeat(400))).toBe("x".repeat(40));
});
