import { expect, test } from "vitest";
import { createPasswordLimits, type PasswordAttempt, type PasswordCounters } from "./password-limits.ts";

/** Counters of so many points, which can be looked at. */
function limitsOf(points: Record<keyof PasswordCounters, number>) {
  const taken = new Map<string, number>();
  const counter = (name: keyof PasswordCounters) => ({
    async reserve(key: string) {
      const place = `${name} ${key}`;
      const before = taken.get(place) ?? 0;
      if (before >= points[name]) return { wait: 60, giveBack: async () => {}, undo: async () => {} };
      taken.set(place, before + 1);
      const giveBack = async () => void taken.set(place, (taken.get(place) ?? 0) - 1);
      return { wait: null, giveBack, undo: giveBack };
    },
  });
  const counters = {
    ...{ network: counter("network"), nameAtNetwork: counter("nameAtNetwork") },
    ...{ name: counter("name"), device: counter("device") },
  };
  const { reserve } = createPasswordLimits(counters);
  const left = () => Object.fromEntries([...taken].filter(([, count]) => count > 0));
  return { left, attempt: (given: Partial<PasswordAttempt> = {}) => reserve({ ...fromHome, ...given }) };
}

const fromHome: PasswordAttempt = { lab: "lab", network: "home", name: "alice", devices: [] };
const herDevice = [{ name: "alice", id: "1" }];
const usual = { network: 100, nameAtNetwork: 10, name: 100, device: 10 };

test("[ASVS 6.3.1] an attempt is counted for its network, for its name at this network, and for its name anywhere", async () => {
  const { attempt, left } = limitsOf(usual);
  expect((await attempt()).by).toBeNull();
  expect(left()).toEqual({ "network lab|home": 1, "nameAtNetwork lab|home|alice": 1, "name lab|alice": 1 });
});

test("a right password gives the name's attempts back, and not the network's", async () => {
  const { attempt, left } = limitsOf(usual);
  await (await attempt()).giveBack();
  expect(left()).toEqual({ "network lab|home": 1 });
});

test("an attempt that is undone is taken from none of the three", async () => {
  const { attempt, left } = limitsOf(usual);
  await (await attempt()).undo();
  expect(left()).toEqual({});
});

test.for([
  ["network", { ...usual, network: 0 }],
  ["nameAtNetwork", { ...usual, nameAtNetwork: 0 }],
  ["name", { ...usual, name: 0 }],
] as const)("what the counter of the %s refuses takes no attempt from any of them", async ([by, points]) => {
  const { attempt, left } = limitsOf(points);
  const { wait, by: decided } = await attempt();
  expect([wait, decided, left()]).toEqual([60, by, {}]);
});

test("for a known device and its own person the device's counter stands in place of all three", async () => {
  const { attempt, left } = limitsOf({ ...usual, network: 0, nameAtNetwork: 0, name: 0 });
  const reserved = await attempt({ devices: herDevice });
  expect([reserved.wait, reserved.by, left()]).toEqual([null, "device", { "device lab|1": 1 }]);
  await reserved.giveBack();
  expect(left()).toEqual({});
});

test("a known device counts for its own person alone", async () => {
  const { attempt } = limitsOf({ ...usual, name: 0 });
  expect((await attempt({ name: "bob", devices: herDevice })).by).toBe("name");
});

test("a device whose counter is used up is one that is not known", async () => {
  const { attempt, left } = limitsOf({ ...usual, device: 0 });
  expect((await attempt({ devices: herDevice })).by).toBeNull();
  expect(left()["device lab|1"]).toBeUndefined();
});
