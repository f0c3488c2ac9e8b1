import type { AuthFlow } from "../../../../core/flow.ts";
import type { Introspection } from "../../../../core/ports.ts";
import { refuse } from "../../../../core/result.ts";

/** The session service is this very flow. Ask yours here, when it is a server of its own. */
export function introspectionBy(flowOf: () => AuthFlow): Introspection {
  return {
    async ask(token, how) {
      const cookies = { get: () => undefined, set() {}, fits: () => true };
      const looked = await flowOf().look?.({ cookies, client: how.client, refreshToken: token }, how);
      return looked?.ok ? looked : refuse("INVALID_CREDENTIAL");
    },
  };
}
