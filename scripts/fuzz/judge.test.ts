import { expect, test } from "vitest";
import { readInterfaceDocument } from "./interface-document.ts";
import { objectionTo } from "./judge.ts";

const text = { type: "object", properties: { n: { type: "integer" } }, required: ["n"], additionalProperties: false };
const document = readInterfaceDocument({
  openapi: "3.2.0",
  paths: {
    "/api/one": {
      get: {
        responses: {
          200: { content: { "application/json": { schema: { $ref: "#/components/schemas/One" } } } },
          404: { $ref: "#/components/responses/Refused" },
        },
      },
      delete: { responses: { 204: {} } },
    },
    "/api/lines/{path}": {
      post: {
        parameters: [{ name: "path", in: "path", description: "One segment or several." }],
        responses: { 200: { content: { "application/x-ndjson": { itemSchema: text } } } },
      },
    },
  },
  components: {
    schemas: { One: text },
    responses: { Refused: { content: { "application/problem+json": { schema: { required: ["code"] } } } } },
  },
});

const json = "application/json";
const problem = "application/problem+json";
const refused = (status: number) => JSON.stringify({ status, code: "NOT_FOUND", detail: "" });
type Told = readonly [request: string, status: number, type: string | undefined, body: string, connection?: string];

const objectionsTo = ([request, status, type, body, connection]: Told) => {
  const [method = "", address = ""] = request.split(" ");
  return objectionTo(document, { method, address }, { status, headers: { "content-type": type, connection }, body });
};

test.for<Told>([
  ["GET /api/one?x=1", 200, json, '{"n":1}'],
  ["HEAD /api/one", 200, json, ""],
  ["OPTIONS /api/one", 204, undefined, ""],
  ["DELETE /api/one", 204, undefined, ""],
  ["GET /api/one", 404, problem, refused(404)],
  ["GET /api/one", 431, problem, refused(431), "close"],
  ["GET /api/one", 431, "text/html", "<!doctype html>", "close"],
  ["GET /api/none", 404, problem, refused(404)],
  ["GET /api/health", 503, problem, refused(503)],
  ["POST /api/lines/a/b", 200, "application/x-ndjson", '{"n":1}\n{"n":2}\n{"n'],
])("an answer that the document names is in order: %s", (told) => {
  // Health is no operation of this document: what is asked of it is only that a 503 is no fault.
  if (told[0].endsWith("health")) expect(objectionsTo(told)).not.toContain("A fault");
  else expect(objectionsTo(told)).toBeNull();
});

test.for<readonly [string, ...Told]>([
  ["A fault of the server", "GET /api/one", 500, json, "{}"],
  ["A body without a content type", "GET /api/one", 200, undefined, "x"],
  ["Not of the documented shape", "GET /api/one", 200, json, '{"n":"1"}'],
  ["Not of the documented shape", "GET /api/one", 404, problem, "{}"],
  ["Not of the documented shape", "POST /api/lines/a", 200, "application/x-ndjson", '{"n":1}\n{"m":2}\n'],
  ["No JSON", "GET /api/one", 200, json, "{"],
  ["names no 201", "GET /api/one", 201, json, '{"n":1}'],
  ["names no 431", "GET /api/one", 431, problem, refused(431)],
  ["names no 204 as application/json", "DELETE /api/one", 204, json, "{}"],
  ["names no 200 as nothing", "GET /api/one", 200, undefined, ""],
  ["Neither an operation nor a refusal", "GET /api/none", 200, json, "{}"],
  ["Neither an operation nor a refusal", "GET /api/none", 404, problem, refused(405)],
])("an answer that it does not name is told: %s", ([objection, ...told]) => {
  expect(objectionsTo(told)).toContain(objection);
});
