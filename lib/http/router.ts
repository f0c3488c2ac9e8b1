import { accountPassword, userInfo } from "./account-endpoints.ts";
import { adminEndpoints } from "./admin-endpoints.ts";
import type { Application } from "./application.ts";
import { auditEndpoint } from "./audit-endpoint.ts";
import { comparisonEndpoint } from "./comparison-endpoint.ts";
import { dataEndpoints } from "./data-endpoints.ts";
import { answer, type Endpoint } from "./endpoint.ts";
import { experimentEndpoint, experimentsEndpoint, matrixEndpoint } from "./experiment-endpoints.ts";
import { flowEndpoints } from "./flow-endpoints.ts";
import { gatewayEndpoints, servicesOrders } from "./gateway-endpoints.ts";
import { historyEndpoint } from "./history-endpoint.ts";
import { healthEndpoint, jwksEndpoint, labEndpoints } from "./lab-endpoints.ts";
import { laboratoryEndpoints } from "./laboratory-endpoints.ts";
import { oauthEndpoints } from "./oauth-endpoints.ts";
import { paymentEndpoints } from "./payment-endpoints.ts";
import { countsEndpoint, peopleEndpoint } from "./people-endpoint.ts";
import { raceEndpoint } from "./race-endpoint.ts";
import { refreshCountEndpoint, refreshRunEndpoint } from "./refresh-bench-endpoints.ts";
import { sensitiveEndpoints } from "./sensitive-endpoints.ts";
import { takeAwayEndpoint } from "./take-away-endpoint.ts";
import { tryEndpoint } from "./try-endpoint.ts";

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
