import { expect, test } from "vitest";
import { reachOf } from "./reach.ts";

const origins = { victim: "http://app.localhost:3000", sibling: "http://evil.app.localhost:3000", attacker: null };

test("an attack is played at the victim's host, led to from a name of the same machine, and not from another machine", () => {
  expect(reachOf(origins, "sibling", "app.localhost:3000")).toBe("here");
  expect(reachOf(origins, "sibling", "localhost:3000")).toBe("elsewhere");
  expect(reachOf(origins, "sibling", "192.0.2.7:3000")).toBe("nowhere");
});

test("an attack that needs a host without a name is played nowhere", () => {
  expect(reachOf(origins, "attacker", "app.localhost:3000")).toBe("nowhere");
});
