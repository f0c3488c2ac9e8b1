import type { FlowDeps } from "../../core/ports.ts";
import type { Proof } from "../../core/settings.ts";
import { createIntrospectedId } from "./introspected-id.ts";
import { createOpaqueId } from "./opaque-id.ts";
import { createShortToken } from "./short-token.ts";
import { createBearerToken, createCookieToken } from "./signed-token.ts";
import type { Way } from "./way.ts";

export type Ways = {
  readonly browser: Way;
  /** For a client without a cookie jar; absent: such a client cannot log in. */
  readonly native?: Way;
};

const ways: Readonly<Record<Proof, (deps: FlowDeps) => Ways>> = {
  "token-and-record": (deps) => ({ browser: createCookieToken(deps) }),
  "token-renewed-by-record": (deps) => ({ browser: createShortToken(deps) }),
  id: (deps) => ({ browser: createOpaqueId(deps) }),
  "id-or-token": (deps) => ({ browser: createOpaqueId(deps), native: createBearerToken(deps) }),
  "id-introspected": (deps) => ({ browser: createIntrospectedId(deps) }),
};

export function waysOf(deps: FlowDeps): Ways {
  return ways[deps.settings.proof ?? "token-and-record"](deps);
}
