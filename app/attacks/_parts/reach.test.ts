import { expect, test } from "vitest";
import { butForFirefox, reachOf } from "./reach.ts";

const origins = { victim: "http://app.localhost:3000", sibling: "http://evil.app.localhost:3000", attacker: null };

test("an attack is played at the victim's host, led to from a name of the same machine, and not from another machine", () => {
  expect(reachOf(origins, "sibling", "app.localhost:3000")).toBe("here");
  expect(reachOf(origins, "sibling", "localhost:3000")).toBe("elsewhere");
  expect(reachOf(origins, "sibling", "192.0.2.7:3000")).toBe("nowhere");
});

test("an attack that needs a host without a name is played nowhere", () => {
  expect(reachOf(origins, "attacker", "app.localhost:3000")).toBe("nowhere");
});

test("a play that stops on its way in Firefox is not offered there", () => {
  const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  expect(butForFirefox("here", firefox)).toBe("not in Firefox");
  expect(butForFirefox("here", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36")).toBe("here");
  expect(butForFirefox("elsewhere", null)).toBe("elsewhere");
});
