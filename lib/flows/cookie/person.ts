import type { FlowDeps, HowRead } from "../../core/ports.ts";
import { ok, type Result } from "../../core/result.ts";
import { type Identity, identityOf, type User } from "../../core/user.ts";
import { isState, type State } from "./state.ts";

/**
 * Who the state says it is. By the setting `person`, it holds a copy of the person, or names one who is found on each
 * request. What is found is as true as the name in the cookie: without a proof, its sender chooses who they are.
 */
export function personIn({ settings, users, refuse }: Pick<FlowDeps, "settings" | "users" | "refuse">) {
  const isNamed = settings.person === "named";
  return {
    stated: (user: User): State["user"] => (isNamed ? user.username : identityOf(user)),

    isStateHere(value: unknown): value is State {
      return isState(value) && (typeof value.user === "string") === isNamed;
    },

    async find({ user }: State, how: HowRead): Promise<Result<Identity>> {
      if (typeof user !== "string") return ok(identityOf(user));
      const found = await users.findByName(user, how);
      if (!found) return refuse("INVALID_CREDENTIAL", "look-up");
      return found.disabled ? refuse("REVOKED", "person") : ok(identityOf(found));
    },
  };
}
