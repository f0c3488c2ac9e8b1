import type { Denylist, Revocation, Users } from "../core/ports.ts";
import type { VariantSettings } from "../core/settings.ts";
import type { Clock } from "../core/time.ts";
import { createDenylistRevocation } from "./denylist.ts";
import { createNoRevocation } from "./none.ts";
import { createUserVersionRevocation } from "./user-version.ts";

type Needs = { readonly users: Users; readonly denylist: Denylist; readonly clock: Clock };

/** All revocation policies, by the name that a variant's settings use. */
export const revocations = {
  none: createNoRevocation,
  "user-version": createUserVersionRevocation,
  denylist: createDenylistRevocation,
} as const satisfies Readonly<Record<VariantSettings["revocation"], (needs: Needs) => Revocation>>;
