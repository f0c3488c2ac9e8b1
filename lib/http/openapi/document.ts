import { z } from "zod";
import { type RefusalCode, refusals } from "../../core/refusal.ts";
import type { Application } from "../application.ts";
import { type Operation, operationsOf } from "../operation.ts";
import { problemType } from "../problem.ts";
import type { EndpointTable } from "../router.ts";
import type { Content } from "./content.ts";
import { createJsonSchemas, type JsonSchema } from "./json-schema.ts";
import { refusalsOf } from "./refusals.ts";
import { securityOf, securitySchemes } from "./security.ts";
import { fault, refusal } from "./shapes.ts";

type Described = Pick<Application, "flows" | "labMode" | "origin">;
type Schemas = ReturnType<typeof createJsonSchemas>;

/** The OpenAPI 3.2 document of the whole interface, built from the table that dispatches requests. */
export function openApiDocument(app: Described, table: EndpointTable) {
  const schemas = createJsonSchemas();
  const offered = [...table]
    .map(([pattern, endpoint]) => [pattern, operationsOf(endpoint, app.labMode)] as const)
    .filter(([, operations]) => operations.size > 0);
  const paths = offered.map(([pattern, byMethod]) => [
    pathOf(pattern),
    Object.fromEntries(
      [...byMethod].map(([method, operation]) => [
        method.toLowerCase(),
        described(app, schemas, { pattern, method, operation }),
      ]),
    ),
  ]);
  const operations = offered.flatMap(([, byMethod]) => [...byMethod.values()]);
  const besides = [...new Set(operations.flatMap(({ beside }) => beside ?? []))];
  const refused = { [problemType]: { schema: schemas.of(refusal, "output") } };
  const broken = { [problemType]: { schema: schemas.of(fault, "output") } };
  return {
    openapi: "3.2.0",
    info: {
      title: "Loginscope",
      version: "1",
      summary: "Ways to keep a user logged in, side by side.",
      description:
        "JSON in, JSON out. Times are ISO 8601 strings, durations are seconds. HEAD is taken where GET is; OPTIONS answers 204 with Allow. Unknown fields in a body are refused.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: app.origin }],
    tags: [...new Set(offered.map(([pattern]) => tagOf(pattern)))].map((name) => ({
      name,
      description: `What stands below /api/${name}.`,
    })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: securitySchemes(app, besides),
      responses: {
        Refused: { description: "Refused, with a code that says why.", content: refused },
        Broken: { description: "Something broke on the server.", content: broken },
      },
      schemas: schemas.components(),
    },
  };
}

type OperationRow = { readonly pattern: string; readonly method: string; readonly operation: Operation };

function described(app: Described, schemas: Schemas, { pattern, method, operation }: OperationRow) {
  const { summary, description, body, form, query, plays } = operation;
  const module = app.flows.find(({ manifest }) => pattern.startsWith(`${manifest.id}/`)) ?? null;
  const parameters = [...pathParameters(pattern), ...(query ? queryParameters(schemas.of(query.schema, "input")) : [])];
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  return {
    operationId: operationIdOf(pattern, method),
    summary,
    ...(description && { description }),
    tags: [tagOf(pattern)],
    ...(plays && { "x-plays": true }),
    security: securityOf(operation, module, app),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { [type]: { schema: form ? formSchema : schemas.of(body, "input") } },
      },
    }),
    responses: responsesOf(schemas, method, operation),
  };
}

/**
 * Fields that a client may send, each once. The schema that parses a form sees a list of pairs, which OpenAPI cannot
 * express.
 */
const formSchema = {
  type: "object",
  properties: { token: { type: "string" }, token_type_hint: { type: "string" }, used: { type: "string" } },
  required: ["token"],
};

function responsesOf(schemas: Schemas, method: string, operation: Operation) {
  const answers = Object.entries(operation.answers).map(([status, contents]) => [
    status,
    {
      description: contents.length > 0 ? "As asked." : "Done.",
      ...(contents.length > 0 && {
        content: Object.fromEntries(contents.map((each) => [each.type, mediaType(schemas, each)])),
      }),
    },
  ]);
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of refusalsOf(method, operation)) {
    const { status } = refusals[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const refused = [...byStatus].map(([status, codes]) => [
    `${status}`,
    { $ref: "#/components/responses/Refused", description: `${codes.join(", ")}.` },
  ]);
  return {
    ...Object.fromEntries(refused),
    ...Object.fromEntries(answers),
    "500": { $ref: "#/components/responses/Broken" },
  };
}

function mediaType(schemas: Schemas, content: Content) {
  switch (content.type) {
    case "application/json":
      return { schema: schemas.of(content.schema, "output") };
    case "application/x-ndjson":
      return { itemSchema: schemas.of(content.item, "output") };
    case "text/event-stream":
      return {
        itemSchema: {
          type: "object",
          properties: {
            id: { type: "string" },
            event: { type: "string" },
            data: {
              type: "string",
              contentMediaType: "application/json",
              contentSchema: schemas.of(content.item, "output"),
            },
          },
          required: ["data"],
        },
      };
    default:
      return {};
  }
}

/** `/api/cookie/data/{key}`. A pattern for several segments becomes one parameter, since OpenAPI has no form for it. */
function pathOf(pattern: string): string {
  return `/api/${pattern.replace(/:(\w+)\*?/g, "{$1}")}`;
}

function pathParameters(pattern: string) {
  return [...pattern.matchAll(/:(\w+)(\*?)/g)].map(([, name, open]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    ...(open && { description: "One segment or several." }),
  }));
}

const objectSchema = z.object({ properties: z.record(z.string(), z.unknown()) });

function queryParameters(schema: JsonSchema) {
  return Object.entries(objectSchema.parse(schema).properties).map(([name, each]) => ({
    name,
    in: "query",
    schema: each,
  }));
}

/** `postCookieLogin` */
function operationIdOf(pattern: string, method: string): string {
  const words = pattern.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return [method.toLowerCase(), ...words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)].join("");
}

function tagOf(pattern: string): string {
  return pattern.split("/")[0] ?? "";
}
