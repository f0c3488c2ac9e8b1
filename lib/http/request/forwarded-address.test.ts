import { expect, test } from "vitest";
import { forwardedAddress } from "./forwarded-address.ts";

test.for([
  ["203.0.113.7", "203.0.113.7"],
  ["203.0.113.7:4711", "203.0.113.7"],
  ["2001:db8::1", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["[2001:db8::1]:4711", "2001:db8::1"],
  ['"[2001:db8::1]:4711"', "2001:db8::1"],
  ['"203.0.113.7"', "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["198.51.100.1, 203.0.113.7:80", "203.0.113.7"],
  ["203.0.113.7, unknown", null],
  ["unknown", null],
  ["_hidden", null],
  ["", null],
  ["203.0.113.7,", null],
  ["203.0.113.7:", null],
  ["203.0.113.7:abc", null],
  ["203.0.113.7:471100", null],
  ["[203.0.113.7]:80", null],
  ["[2001:db8::1", null],
  ["[2001:db8::1]4711", null],
  ["999.0.113.7", null],
  ['"', null],
] as const)("of '%s' the address alone counts: %s", ([header, address]) => {
  expect(forwardedAddress(header)).toBe(address);
});
