import { expect, test } from "vitest";
import { createCookieState } from "../../adapters/cookie-state.ts";
import { plainEncoding } from "../../adapters/plain-encoding.ts";
import { day } from "../../core/time.ts";
import { createRequestJar } from "../request/cookie-jar.ts";
import { deviceCookie, devicesIn, rememberDevice } from "./device-cookie.ts";

/** A browser with one jar. The cookie is not encoded here, so that a test can write its own. */
function browser(sent: string | null = null) {
  let [time, made] = [0, 0];
  const place = {
    clock: { now: () => time },
    knownDevices: {
      cookie: createCookieState("lab.known-device", plainEncoding),
      markOf: (text: string) => `mark of ${text}`,
      newId: () => {
        made += 1;
        return `${made}`;
      },
    },
  };
  const jar = createRequestJar(sent);
  return {
    remember: (username: string) => rememberDevice(place, jar, username),
    known: async () => (await devicesIn(place, jar)).map(({ name, id }) => [name, id]),
    pass(by: number) {
      time += by;
    },
  };
}

test("a browser is known for the last four people who logged in, each under the id of the last time", async () => {
  const shared = browser();
  for (const username of ["alice", "bob", "carol", "Alice", "dave", "erin"]) await shared.remember(username);
  expect(await shared.known()).toEqual([
    ["mark of carol", "3"],
    ["mark of alice", "4"],
    ["mark of dave", "5"],
    ["mark of erin", "6"],
  ]);
});

test("each person is known for 90 days, counted from their own last right password", async () => {
  const shared = browser();
  await shared.remember("alice");
  shared.pass(60 * day);
  await shared.remember("bob");
  shared.pass(30 * day);
  expect(await shared.known()).toEqual([["mark of bob", "2"]]);
});

test.for([
  ["nothing", null],
  ["no list", '{"devices":{}}'],
  ["a device without an id", '{"devices":[{"name":"mark of alice","until":9}]}'],
  ["a device without an end", '{"devices":[{"name":"mark of alice","id":"1","until":null}]}'],
] as const)("a cookie that says %s is as none", async ([, state]) => {
  const sent = state && `${deviceCookie.name}=lab.known-device.${encodeURIComponent(state)}`;
  expect(await browser(sent).known()).toEqual([]);
});
