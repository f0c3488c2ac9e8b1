import { application } from "../application.ts";

type Handler = (request: Request) => Promise<Response>;
type Handlers = Record<"GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS", Handler>;

/**
 * The handlers of a route file. All methods go to the same dispatch, so that each address answers each method itself,
 * with an Allow header for those it does not take.
 */
export function serve(): Handlers {
  const handler: Handler = async (request) => (await application()).dispatch(request);
  return {
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
  };
}
