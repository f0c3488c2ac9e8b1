import { allowOf } from "./admission.ts";
import type { Application } from "./application.ts";
import { answer } from "./endpoint.ts";
import { type Endpoint, type Endpoints, type Operations, operationsOf } from "./operation.ts";
import { pathOf } from "./request/path.ts";

/** Every endpoint, by the pattern of its address. If a path fits two patterns, the first one answers. */
export type EndpointTable = ReadonlyMap<string, Endpoint>;

/** Joins the endpoints of all features. Throws if two features have the same address. */
export function joinEndpoints(brought: readonly Endpoints[]): EndpointTable {
  const table = new Map<string, Endpoint>();
  for (const [pattern, endpoint] of brought.flatMap((each) => Object.entries(each))) {
    if (table.has(pattern)) throw new Error(`Two features bring /api/${pattern}`);
    table.set(pattern, endpoint);
  }
  return table;
}

/** Those of an unknown address. Bounded: it has none. */
const unknownAddress: Operations = new Map();

export type Dispatch = (request: Request) => Promise<Response>;

/** Answers any request below `/api`. Route files, tests and experiments all call this. */
export function createDispatch(app: Application, table: EndpointTable): Dispatch {
  const find = createFinder(app, table);
  return async (request) => {
    const found = find(request.url);
    return found ? answer(app, found.operations, request, found.params) : answer(app, unknownAddress, request);
  };
}

/** The methods that a path takes, as `Allow` names them; `null`: there is nothing at it. */
export function createAllow({ labMode, origin }: Pick<Application, "labMode" | "origin">, table: EndpointTable) {
  const find = createFinder({ labMode }, table);
  return (path: string): string | null => {
    const { operations } = find(new URL(`${origin}${path}`).href) ?? { operations: unknownAddress };
    if (operations.size > 0) return allowOf(operations);
    // Pages and files: the framework has them in a table of its own.
    return /^\/api(?:\/|$)/.test(path) ? null : "GET, HEAD";
  };
}

type Found = { readonly operations: Operations; readonly params: Readonly<Record<string, string>> };

/** Finds the operations of an address, and the path's parameters. `null`: no pattern fits. */
export function createFinder(
  { labMode }: Pick<Application, "labMode">,
  table: EndpointTable,
): (url: string) => Found | null {
  const addresses = [...table].map(([pattern, endpoint]) => ({
    segments: pattern.split("/"),
    operations: operationsOf(endpoint, labMode),
  }));

  function search(path: readonly string[]): Found | null {
    for (const { segments, operations } of addresses) {
      const params = match(segments, path);
      if (params) return { operations, params };
    }
    return null;
  }

  /** Most addresses have no parameter, and are found by their whole path. */
  const fixed = new Map(
    [...table.keys()]
      .filter((pattern) => !pattern.includes(":"))
      .map((pattern) => [`/api/${pattern}`, search(pattern.split("/"))]),
  );
  return (url) => {
    const path = pathOf(url);
    const segments = fixed.has(path) ? null : segmentsOf(path);
    return fixed.get(path) ?? (segments && search(segments));
  };
}

function segmentsOf(pathname: string): readonly string[] | null {
  const [, api, ...rest] = withoutWellKnown(pathname).split("/");
  try {
    return api === "api" ? rest.map(decodeURIComponent) : null;
  } catch {
    return null;
  }
}

/** RFC 8414 §3.1: for an issuer with a path, the client puts the well-known part in front of that path. */
function withoutWellKnown(path: string): string {
  return path.replace(/^\/\.well-known\/oauth-authorization-server(\/api\/labs\/[^/]+)$/, "$1/metadata");
}

/** `:name` matches one segment; `:name*`, at the end, matches one or more. */
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
