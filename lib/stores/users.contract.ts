import { expect } from "vitest";
import type { Users } from "../core/ports.ts";
import type { User } from "../core/user.ts";
import type { Neighbours, Rules } from "./contract.ts";

/** Stands in for the hashing port: remembers what it was asked, and lets something happen meanwhile. */
export type FakePasswords = {
  readonly asked: (string | null)[];
  meanwhile: () => Promise<void>;
  verify(hash: string | null, password: string): Promise<boolean>;
  renew(hash: string, password: string): Promise<string | null>;
};

export function createFakePasswords(): FakePasswords {
  return {
    asked: [],
    meanwhile: async () => {},
    async verify(hash, password) {
      this.asked.push(hash);
      await this.meanwhile();
      return hash === `hash of ${password}`;
    },
    renew: async () => null,
  };
}

/** In lab `here` live alice and zoé, whose password is `pw`, and mallory with the same one, who is disabled. */
export type UsersContext = Neighbours<Users> & { readonly passwords: FakePasswords };

const alice: User = {
  id: "alice-id",
  username: "alice",
  displayName: "Alice",
  role: "user",
  disabled: false,
  version: 0,
};

export const userRules: Rules<UsersContext> = {
  async "answers a person for their name and password, without the hash"({ here }) {
    expect(await here.verify({ username: "alice", password: "pw" })).toEqual(alice);
    expect(await here.verify({ username: "alice", password: "wrong" })).toBeNull();
    expect(await here.verify({ username: "Alice", password: "pw" })).toBeNull();
  },

  async "finds a person by their name in any normal form, with blanks around it"({ here, passwords }) {
    expect(await here.verify({ username: " alice ", password: "pw" })).toEqual(alice);
    expect(await here.verify({ username: "zoe\u0301", password: "pw" })).toMatchObject({ username: "zo\u00E9" });
    expect(passwords.asked).toEqual(["hash of pw", "hash of pw"]);
  },

  async "hashes once for a known, an unknown and a disabled person"({ here, passwords }) {
    await here.verify({ username: "alice", password: "pw" });
    expect(await here.verify({ username: "nobody", password: "pw" })).toBeNull();
    expect(await here.verify({ username: "mallory", password: "pw" })).toBeNull();
    expect(passwords.asked).toEqual(["hash of pw", null, "hash of pw"]);
  },

  async "finds a person by id, disabled ones too"({ here }) {
    expect(await here.find("alice-id")).toEqual(alice);
    expect((await here.find("mallory-id"))?.disabled).toBe(true);
    expect(await here.find("alice")).toBeNull();
  },

  async "finds a person by the exact name, disabled ones too"({ here, passwords }) {
    await here.raiseVersion("alice-id");
    expect(await here.findByName("alice")).toEqual({ ...alice, version: 1 });
    expect((await here.findByName("mallory"))?.disabled).toBe(true);
    for (const name of ["Alice", "alice ", "alice-id", "nobody", ""]) expect(await here.findByName(name)).toBeNull();
    expect(passwords.asked).toEqual([]);
  },

  async "raises the version of a person in this flow only"({ here, otherFlow }) {
    await here.raiseVersion("alice-id");
    await here.raiseVersion("alice-id");
    expect(await here.find("alice-id")).toEqual({ ...alice, version: 2 });
    expect(await here.verify({ username: "alice", password: "pw" })).toEqual({ ...alice, version: 2 });
    expect((await here.find("mallory-id"))?.version).toBe(0);
    expect(await otherFlow.find("alice-id")).toEqual(alice);
  },

  async "parallel raises all count"({ here }) {
    await Promise.all(Array.from({ length: 8 }, () => here.raiseVersion("alice-id")));
    expect((await here.find("alice-id"))?.version).toBe(8);
  },

  async "raising the version of an unknown person has no effect"({ here }) {
    await here.raiseVersion("nobody");
    expect(await here.find("nobody")).toBeNull();
  },

  async "a login during which the version is raised has the earlier version"({ here, passwords }) {
    passwords.meanwhile = () => here.raiseVersion("alice-id");
    expect(await here.verify({ username: "alice", password: "pw" })).toEqual(alice);
    expect((await here.find("alice-id"))?.version).toBe(1);
  },

  async "another lab does not find the person, and cannot raise their version"({ here, otherLab }) {
    expect(await otherLab.find("alice-id")).toBeNull();
    expect(await otherLab.findByName("alice")).toBeNull();
    expect(await otherLab.verify({ username: "alice", password: "pw" })).toBeNull();
    await otherLab.raiseVersion("alice-id");
    expect(await here.find("alice-id")).toEqual(alice);
  },
};
