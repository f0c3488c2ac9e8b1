import type { FlowDeps } from "../../core/ports.ts";
import { createOpaqueId, idInCookie } from "./opaque-id.ts";
import type { Way } from "./way.ts";

/**
 * An opaque id that this application cannot judge: on each request it asks a session service whose the id is. The other
 * half of this file is that service, which reads its own records.
 */
export function createIntrospectedId(deps: FlowDeps): Way {
  const { introspection, refuse } = deps;
  const browser = createOpaqueId(deps);
  // A service sends the id in its question; a browser sends it in the cookie, whatever else it sends.
  const service = createOpaqueId(deps, { idOf: (request) => request.refreshToken ?? idInCookie(request) });
  return {
    ...browser,
    // Past a cache: who asks may be about to act on the answer, and the question does not say so.
    look: (request, { touch, sender = null }) => service.admit(request, { client: sender, touch, fresh: true }),

    async authenticate(request, { touch, sender }) {
      const id = idInCookie(request);
      return id ? introspection.ask(id, { touch, client: sender ?? request.client }) : refuse("NO_CREDENTIAL");
    },
  };
}
