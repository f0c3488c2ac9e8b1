import type { Users } from "../../core/ports.ts";
import type { User } from "../../core/user.ts";
import type { People } from "../../lab/lab.ts";
import { type CachedOptions, type CachedPlace, dropping, readThrough } from "./read-cache.ts";

/** The people of a lab, for all flows; a change through this port drops the cached person at once, in each flow. */
export function createForgettingPeople(people: People, at: CachedPlace<User>): People {
  const forgetting = <T>(id: string, change: () => Promise<T>) => dropping(at, (user) => user.id === id, change);
  return {
    ...people,
    changePassword: (id, change) => forgetting(id, () => people.changePassword(id, change)),
    setRole: (id, role, flows) => forgetting(id, () => people.setRole(id, role, flows)),
    disable: (id, flows) => forgetting(id, () => people.disable(id, flows)),
    enable: (id) => forgetting(id, () => people.enable(id)),
  };
}

/** The people of a lab as one flow sees them; a raised version drops the cached person at once. */
export function createForgettingUsers(users: Users, at: CachedPlace<User>): Users {
  return {
    ...users,
    raiseVersion: (id) =>
      dropping(
        at,
        (user) => user.id === id,
        () => users.raiseVersion(id),
      ),
  };
}

/**
 * The same with a cache in front: of a person with their role, version of this flow, and whether they are disabled. What
 * another process changes is seen once the answer is `staleFor` old. A password is always checked by the store.
 */
export function createCachedUsers(users: Users, flow: string, options: CachedOptions<User>): Users {
  const read = readThrough(options);
  return {
    ...createForgettingUsers(users, options),
    find: (id, how) => read(`${flow} id ${id}`, () => users.find(id), how),
    findByName: (username, how) => read(`${flow} name ${username}`, () => users.findByName(username), how),
  };
}
