import { describe, expect, test } from "vitest";
import type { Person } from "../lab/lab.ts";
import { createMemoryDenylist } from "../stores/memory/memory-denylist.ts";
import { createMemoryUsers } from "../stores/memory/memory-users.ts";
import { endsAll, endsOne, everyPolicy, type PolicyContext, type PolicyRules } from "./contract.ts";
import { revocations } from "./registry.ts";

/** What each policy can end, and so which rules it is held to. */
const abilities = {
  none: [],
  "user-version": ["endAll"],
  denylist: ["end"],
} as const satisfies Record<keyof typeof revocations, readonly ("end" | "endAll")[]>;

const rulesOf = { end: endsOne, endAll: endsAll };

function open(name: keyof typeof revocations): PolicyContext {
  let now = 1_800_000_000_000;
  const clock = {
    now: () => now,
    advance(by: number) {
      now += by;
    },
  };
  const people = new Map(["alice", "bob"].map((username) => [`${username}-id`, personOf(username)]));
  const users = createMemoryUsers({ people, passwords: { verify: async () => true } });
  const denylist = createMemoryDenylist();
  return { policy: revocations[name]({ users, denylist, clock }), users, denylist, clock };
}

function personOf(username: string): Person {
  return {
    id: `${username}-id`,
    username,
    displayName: username,
    role: "user",
    disabled: false,
    passwordHash: "",
    balance: 100,
  };
}

describe.for(["none", "user-version", "denylist"] as const)("%s", (name) => {
  test("has exactly the methods that it supports", () => {
    const { check, ...offered } = open(name).policy;
    expect(check).toBeTypeOf("function");
    expect(Object.keys(offered)).toEqual(abilities[name]);
  });

  hold(everyPolicy);
  for (const ability of abilities[name]) hold(rulesOf[ability]);

  function hold(rules: PolicyRules): void {
    test.for(Object.entries(rules))("%s", ([, keeps]) => keeps(open(name)));
  }
});
