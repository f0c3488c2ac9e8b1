import { afterAll, describe, expect, test } from "vitest";
import { refusals } from "../../core/refusal.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { createVisitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
const plain = await createTestApplication({ LAB_MODE: "off" });
afterAll(() => Promise.all([app.dispose(), plain.dispose()]));

type Document = {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly description?: string;
            readonly tags: readonly string[];
            readonly "x-plays"?: true;
            readonly responses: Readonly<Record<string, { readonly content?: object }>>;
            readonly parameters?: unknown;
            readonly requestBody?: unknown;
          }
        >
      >
    >
  >;
  readonly components: {
    readonly schemas: { readonly RefusalCode: { readonly enum: readonly string[] } };
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
};

/** Where numbers stand that have no least or no most. */
function endlessIn(schema: unknown, named: (reference: string) => unknown, at = ""): readonly string[] {
  const { $ref, type, minimum, maximum, ...inside } = Object(schema);
  if (typeof $ref === "string") return endlessIn(named($ref), named, at);
  const isEndless = ["number", "integer"].includes(type) && (minimum === undefined || maximum === undefined);
  return [
    ...(isEndless ? [at] : []),
    ...Object.entries(inside)
      .filter(([, value]) => typeof value === "object")
      .flatMap(([name, value]) => endlessIn(value, named, `${at}/${name}`)),
  ];
}

async function documentOf(application: TestApplication): Promise<Document> {
  return JSON.parse((await createVisitor(application).get("/api/openapi.json")).text);
}

function callsOf({ paths }: Document): readonly string[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe("the OpenAPI document", () => {
  test("has an operation for each row of the table, and no other", async () => {
    const rows = [...app.table].flatMap(([pattern, endpoint]) =>
      Object.keys(endpoint).map((method) => `${method} /api/${pattern.replace(/:(\w+)\*?/g, "{$1}")}`),
    );
    expect(callsOf(await documentOf(app))).toEqual(rows);
  });

  test("names no lab address and no lab cookie outside lab mode", async () => {
    const document = await documentOf(plain);
    expect(Object.keys(document.paths).filter((path) => /^\/api\/lab(\/|$)/.test(path))).toEqual([]);
    expect(callsOf(document)).toContain("POST /api/cookie/login");
    expect(Object.keys(document.components.securitySchemes)).not.toContain("__Host-lab");
    expect(Object.keys((await documentOf(app)).components.securitySchemes)).toContain("__Host-lab");
  });

  test.for(["on", "off"] as const)(
    "with lab mode %s has a tag for each group of its operations, and no other",
    async (mode) => {
      const { tags, paths } = await documentOf(mode === "on" ? app : plain);
      const used = Object.values(paths).flatMap((path) => Object.values(path).flatMap((operation) => operation.tags));
      expect(tags.map(({ name }) => name).sort()).toEqual([...new Set(used)].sort());
    },
  );

  test("names each operation once", async () => {
    const { paths } = await documentOf(app);
    const ids = Object.values(paths).flatMap((each) => Object.values(each).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("says of every number that may be sent what its least and its most are", async () => {
    const { paths, components } = await documentOf(app);
    const sent = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([method, { parameters, requestBody }]) => [`${method} ${path}`, [parameters, requestBody]] as const,
      ),
    );
    const named = (reference: string): unknown => Reflect.get(components.schemas, reference.split("/").at(-1) ?? "");
    expect(sent.flatMap(([call, schemas]) => endlessIn(schemas, named).map((at) => `${call}: ${at}`))).toEqual([]);
    expect(
      endlessIn({ a: [{ type: "integer", minimum: 1 }, { $ref: "#/b" }] }, () => ({ type: "number" })),
    ).toHaveLength(2);
  });

  test("marks each operation that plays in labs of its own, which takes seconds", async () => {
    const { paths } = await documentOf(app);
    const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).map(([method, operation]) => ({ call: `${method.toUpperCase()} ${path}`, operation })),
    );
    const calls = (some: typeof operations) => some.map(({ call }) => call);
    const isPlay = ({ operation: { description = "", responses } }: (typeof operations)[number]) =>
      /\bin (?:a lab|labs) of its own\b|\bin a new lab\b/i.test(description) ||
      Object.keys(responses["200"]?.content ?? {}).includes("application/x-ndjson");
    const marked = calls(operations.filter(({ operation }) => operation["x-plays"]));
    expect(marked).toEqual(expect.arrayContaining(calls(operations.filter(isPlay))));
    expect(marked).toEqual(expect.arrayContaining(["POST /api/lab/theft", "POST /api/lab/lesson/{id}"]));
    expect(marked.filter((call) => !/^POST \/api\/lab\//.test(call))).toEqual([]);
  });

  test("lists every code that a refusal can have", async () => {
    const { components } = await documentOf(app);
    expect(components.schemas.RefusalCode.enum).toEqual(Object.keys(refusals));
  });
});
