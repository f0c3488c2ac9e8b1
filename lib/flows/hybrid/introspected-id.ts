import type { FlowDeps } from "../../core/ports.ts";
import { createOpaqueId, idInCookie } from "./opaque-id.ts";
import type { Way } from "./way.ts";

/**
 * An opaque id that says nothing to this application: on each request a session service is asked whose it is. The other
 * half of this file's work is that service, which knows its records and asks nobody.
 */
export function createIntrospectedId(deps: FlowDeps): Way {
  const { introspection, refuse } = deps;
  // To the service the id comes in the question; a browser brings it in the cookie.
  const service = createOpaqueId(deps, {
    idOf: (request) => request.refreshToken ?? idInCookie(request),
    isClient: false,
  });
  return {
    ...service,
    look: service.authenticate,

    async authenticate(request, touch) {
      const id = idInCookie(request);
      return id ? introspection.ask(id, { touch }) : refuse("NO_CREDENTIAL");
    },
  };
}
