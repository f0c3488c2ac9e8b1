import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { default as addFormats } from "ajv-formats";
import { z } from "zod";

/** One operation of the OpenAPI document. */
export type DocumentedOperation = {
  readonly method: string;
  readonly path: string;
  /** It plays in labs of its own, so it takes seconds. */
  readonly plays: boolean;
  isAt(path: string): boolean;
};

export type InterfaceDocument = {
  readonly operations: readonly DocumentedOperation[];
  /** The operation of this method at this path, of a request that was sent. */
  find(method: string, path: string): DocumentedOperation | null;
  /**
   * Why this answer is none that the document names; `null`: it is one. `body` is a JSON text as it was parsed, one of a
   * stream of them, or `undefined` where there is none to judge.
   */
  objection(
    operation: DocumentedOperation,
    answer: { readonly status: number; readonly type: string; readonly body: unknown },
  ): string | null;
};

const media = z.object({ schema: z.unknown().optional(), itemSchema: z.unknown().optional() });
/** A server-sent event, with JSON in its data. */
const event = z.object({ properties: z.object({ data: z.object({ contentSchema: z.unknown() }) }) });
const responses = z.record(
  z.string(),
  z.looseObject({ $ref: z.string().optional(), content: z.record(z.string(), media).optional() }),
);
const parameter = z.looseObject({ name: z.string(), in: z.string(), description: z.string().optional() });
const shape = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses,
        parameters: z.array(parameter).default([]),
        "x-plays": z.boolean().default(false),
      }),
    ),
  ),
  components: z.looseObject({ responses }),
});

/** Reads an OpenAPI 3.2 document, and judges answers by its schemas (JSON Schema 2020-12). */
export function readInterfaceDocument(document: unknown): InterfaceDocument {
  const { paths, components } = shape.parse(document);
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addSchema({ $id: "document", ...z.looseObject({}).parse(document) });
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string): ValidateFunction => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, validate);
    return validate;
  };
  const mismatch = (at: string, content: z.infer<typeof media>, body: unknown): string | null => {
    const inside = schemaIn(content);
    const validate = inside === null ? null : validator(`${at}${inside}`);
    return !validate || validate(body) ? null : `Not of the documented shape: ${ajv.errorsText(validate.errors)}`;
  };
  const contentOf = (path: string, method: string, status: number) => {
    const own = paths[path]?.[method]?.responses[status];
    if (!own) return null;
    const shared = own.$ref?.split("/").at(-1);
    const at = shared ? `/components/responses/${shared}` : `/paths/${escaped(path)}/${method}/responses/${status}`;
    return { at, content: (shared ? components.responses[shared] : own)?.content ?? {} };
  };
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, { parameters, "x-plays": plays }]) => ({
      method: method.toUpperCase(),
      path,
      plays,
      isAt: (asked: string) => fits(path, parameters, asked),
    })),
  );
  return {
    operations,
    find: (method, path) => operations.find((each) => each.method === method && each.isAt(path)) ?? null,
    objection({ method, path }, { status, type, body }) {
      const named = contentOf(path, method.toLowerCase(), status);
      if (!named) return `The document names no ${status} there.`;
      const content = named.content[type];
      if (content) return body === undefined ? null : mismatch(`${named.at}/content/${escaped(type)}`, content, body);
      const isEmpty = type === "" && Object.keys(named.content).length === 0;
      return isEmpty ? null : `The document names no ${status} as ${type || "nothing"}.`;
    },
  };
}

/** Where in a media type the schema of one JSON text stands; `null`: it is no JSON. */
function schemaIn({ schema, itemSchema }: z.infer<typeof media>): string | null {
  if (schema !== undefined) return "/schema";
  if (itemSchema === undefined) return null;
  return event.safeParse(itemSchema).success ? "/itemSchema/properties/data/contentSchema" : "/itemSchema";
}

/** RFC 6901 §3, and §6 for the place in an address. */
function escaped(segment: string): string {
  return encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** A parameter is one segment, but for one whose description says that it is several. */
function fits(pattern: string, parameters: readonly z.infer<typeof parameter>[], path: string): boolean {
  const given = path.split("/");
  const expected = pattern.split("/");
  const isOpen = parameters.some(({ description }) => description?.includes("several"));
  if (isOpen ? given.length < expected.length : given.length !== expected.length) return false;
  return expected.every((segment, at) => (segment.startsWith("{") ? given[at] !== "" : segment === given[at]));
}
