import { accountPassword, userInfo } from "../features/account/account-endpoints.ts";
import { dataEndpoints } from "../features/account/data-endpoints.ts";
import { gatewayEndpoints, servicesOrders } from "../features/account/gateway-endpoints.ts";
import { paymentEndpoints } from "../features/account/payment-endpoints.ts";
import { sensitiveEndpoints } from "../features/account/sensitive-endpoints.ts";
import { adminEndpoints } from "../features/admin/admin-endpoints.ts";
import { countsEndpoint, peopleEndpoint } from "../features/admin/people-endpoint.ts";
import { auditEndpoint } from "../features/audit/audit-endpoint.ts";
import { historyEndpoint } from "../features/audit/history-endpoint.ts";
import { comparisonEndpoint } from "../features/compare/endpoints.ts";
import { laboratoryEndpoints } from "../features/cookie-lab/endpoints.ts";
import { tryEndpoint } from "../features/credential/endpoints.ts";
import { healthEndpoint, jwksEndpoint, labEndpoints } from "../features/lab-controls/endpoints.ts";
import { flowEndpoints } from "../features/logins/endpoints.ts";
import { experimentEndpoint, experimentsEndpoint, matrixEndpoint } from "../features/matrix/endpoints.ts";
import { oauthEndpoints } from "../features/oauth/endpoints.ts";
import { raceEndpoint } from "../features/race/endpoints.ts";
import { refreshCountEndpoint, refreshRunEndpoint } from "../features/refresh-bench/endpoints.ts";
import { takeAwayEndpoint } from "../features/take-away/endpoints.ts";
import type { Application } from "./application.ts";
import { answer } from "./endpoint.ts";
import type { Endpoint } from "./operation.ts";

/** Every address of the interface, each as a pattern of path segments below `/api`. */
export function endpointTable(app: Application): ReadonlyMap<string, Endpoint> {
  const flows = app.flows.flatMap((module) =>
    Object.entries({
      ...flowEndpoints(module),
      ...sensitiveEndpoints(module),
      ...dataEndpoints(module),
      ...paymentEndpoints(module),
      ...gatewayEndpoints(module),
    }).map(([action, each]) => [`${module.manifest.id}/${action}`, each] as const),
  );
  const admin = Object.entries(adminEndpoints).map(([action, each]) => [`admin/users/:id/${action}`, each] as const);
  const lab = Object.entries({ ...labEndpoints, ...laboratoryEndpoints }).map(
    ([path, each]) => [path ? `lab/${path}` : "lab", each] as const,
  );
  const oauth = Object.entries(oauthEndpoints).map(([path, each]) => [`labs/:id/${path}`, each] as const);
  return new Map([
    ...flows,
    ["user-info", userInfo] as const,
    ["account/password", accountPassword] as const,
    ["account/history", historyEndpoint] as const,
    ["audit", auditEndpoint] as const,
    ["admin/users", peopleEndpoint] as const,
    ["admin/counts", countsEndpoint] as const,
    ...admin,
    ...lab,
    ["lab/experiments", experimentsEndpoint] as const,
    ["lab/experiments/:id", experimentEndpoint] as const,
    ["lab/matrix", matrixEndpoint] as const,
    ["lab/race", raceEndpoint] as const,
    ["lab/try", tryEndpoint] as const,
    ["lab/refresh-bench/run", refreshRunEndpoint] as const,
    ["lab/refresh-bench/count", refreshCountEndpoint] as const,
    ["labs/:id/jwks", jwksEndpoint] as const,
    ...oauth,
    ["take-away/:flow/:variant", takeAwayEndpoint] as const,
    ["comparison", comparisonEndpoint] as const,
    ["services/orders", servicesOrders] as const,
    ["health", healthEndpoint] as const,
  ]);
}

/** Where there is no address, there is no method that it takes. */
const nothing: Endpoint = {};

export type Dispatch = (request: Request) => Promise<Response>;

/** Answers any request below `/api`: the same way for a route, a test and an experiment. */
export function createDispatch(app: Application): Dispatch {
  const table = [...endpointTable(app)].map(([pattern, endpoint]) => ({ segments: pattern.split("/"), endpoint }));
  return async (request) => {
    const path = segmentsOf(request.url);
    for (const { segments, endpoint } of table) {
      const params = path && match(segments, path);
      if (params) return answer(app, endpoint, request, params);
    }
    return answer(app, nothing, request);
  };
}

function segmentsOf(url: string): readonly string[] | null {
  const [, api, ...rest] = withoutWellKnown(new URL(url).pathname).split("/");
  try {
    return api === "api" ? rest.map(decodeURIComponent) : null;
  } catch {
    return null;
  }
}

/** RFC 8414 §3.1: a client that knows an issuer with a path asks in front of that path for its metadata. */
function withoutWellKnown(path: string): string {
  return path.replace(/^\/\.well-known\/oauth-authorization-server(\/api\/labs\/[^/]+)$/, "$1/metadata");
}

/** `:name` stands for one segment; `:name*`, at the end, for all that follow, at least one. */
function match(pattern: readonly string[], path: readonly string[]): Record<string, string> | null {
  const open = pattern.at(-1)?.endsWith("*") === true;
  if (open ? pattern.length > path.length : pattern.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const given = path[index] ?? "";
    if (segment.startsWith(":")) params[segment.slice(1)] = given;
    else if (segment !== given) return null;
  }
  return params;
}
