import type { Revocation, Users } from "../core/ports.ts";
import { ok, refuse } from "../core/result.ts";
import { judgeUser } from "../core/validity.ts";

/**
 * Each credential carries the person's version. Raising it ends every earlier credential in this flow
 * (ASVS 7.4.1: a per-user not-before). It costs one look-up a request, and can only end all logins at once.
 */
export function createUserVersionRevocation({ users }: { users: Users }): Revocation {
  return {
    async check({ userId, version }, how) {
      const user = judgeUser({ refuse }, await users.find(userId, how), version);
      return user.ok ? ok(null) : user;
    },
    endAll: (userId) => users.raiseVersion(userId),
  };
}
