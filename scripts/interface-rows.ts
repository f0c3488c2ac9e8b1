import { z } from "zod";
import type { FlowModule } from "../lib/core/flow.ts";
import { refusals } from "../lib/core/refusal.ts";
import type { Content } from "../lib/http/openapi/content.ts";
import { createJsonSchemas, type JsonSchema } from "../lib/http/openapi/json-schema.ts";
import type { Operation } from "../lib/http/operation.ts";
import type { EndpointTable } from "../lib/http/router.ts";

/** One call of the interface, as docs/http.md lists it. */
export type CallRow = {
  readonly labModeOnly: boolean;
  readonly cells: readonly [call: string, body: string, answer: string, words: string];
};

/** A shape that is longer than this is shown by its name. */
const longestShape = 100;

/** Every call, from the table that dispatches requests. A call of all flows has one row. */
export function callRows(table: EndpointTable, flows: readonly FlowModule[]): readonly CallRow[] {
  const ids = flows.map(({ manifest }) => manifest.id);
  const rows = [...table].flatMap(([pattern, endpoint]) =>
    Object.entries(endpoint).map(([method, operation]) =>
      rowOf(`${method} ${addressOf(pattern, ids, table)}`, operation),
    ),
  );
  return [...new Map(rows.map((row) => [row.cells[0], row])).values()];
}

/** `/api/<flow>/data/<key>`, or with the flow's name if only one flow has the address. */
function addressOf(pattern: string, ids: readonly string[], table: EndpointTable): string {
  const [first = "", ...rest] = pattern.split("/");
  const shared = ids.includes(first) && ids.every((id) => table.has([id, ...rest].join("/")));
  return `/api/${[shared ? "<flow>" : first, ...rest].join("/").replace(/:(\w+)\*?/g, "<$1>")}`;
}

function rowOf(call: string, operation: Operation): CallRow {
  const { summary, description, labModeOnly = false } = operation;
  const words = [`${summary}${/[.?]$/.test(summary) ? "" : "."}`, description].filter(Boolean).join(" ");
  const cells = [`\`${call}\``, takes(operation), gives(operation), words] as const;
  return { labModeOnly, cells: [cells[0], inCell(cells[1]), inCell(cells[2]), inCell(cells[3])] };
}

/** A bar ends a cell, also inside of code. */
function inCell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function takes({ body, form, query }: Operation): string {
  const schemas = createJsonSchemas();
  const parts = [
    ...(query ? [`query: ${namesOf(schemas.of(query.schema, "input")).join(", ")}`] : []),
    ...(form ? ["form: `token`"] : []),
    ...(body && !form
      ? [`${body.safeParse(undefined).success ? "none, or " : ""}${shapeOf(schemas.of(body, "input"))}`]
      : []),
  ];
  return parts.join("; ");
}

function gives({ answers, refuses = [] }: Operation): string {
  const statuses = new Map<string, string[]>();
  for (const [status, contents] of Object.entries(answers)) {
    const text = contents.map(contentOf).join(" or ");
    statuses.set(text, [...(statuses.get(text) ?? []), status]);
  }
  const given = [...statuses].map(([text, each]) => [each.join(", "), text].filter(Boolean).join(" "));
  return [...given, ...refuses.map((code) => `${refusals[code].status} \`${code}\``)].join("; ");
}

function contentOf(content: Content): string {
  const schemas = createJsonSchemas();
  switch (content.type) {
    case "application/json":
      return named(schemas.of(content.schema, "output"), schemas.components());
    case "application/x-ndjson":
      return `lines of JSON, each ${named(schemas.of(content.item, "output"), schemas.components())}`;
    case "text/event-stream":
      return `server-sent events, each ${named(schemas.of(content.item, "output"), schemas.components())}`;
    default:
      return `\`${content.type}\``;
  }
}

const reference = z.looseObject({ $ref: z.string() });

/** A shape that has a name: written out if it is short. */
function named(schema: JsonSchema, components: Readonly<Record<string, unknown>>): string {
  const referred = reference.safeParse(schema);
  if (!referred.success) return shapeOf(schema);
  const name = nameOf(referred.data);
  const component = z.record(z.string(), z.unknown()).parse(components[name]);
  const shape = shapeOf(component);
  return "properties" in component && shape.length <= longestShape ? shape : `\`${name}\``;
}

function nameOf({ $ref }: { readonly $ref: string }): string {
  return $ref.split("/").at(-1) ?? "";
}

const node = z.looseObject({
  $ref: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});

/** `{"to","amount"}`: the members at a glance. */
function shapeOf(schema: unknown): string {
  const { anyOf, oneOf } = node.parse(schema);
  const either = anyOf ?? oneOf;
  return either ? either.map((each) => `\`${textOf(each)}\``).join(" or ") : `\`${textOf(schema)}\``;
}

function textOf(schema: unknown): string {
  const { $ref, properties, required = [], items, enum: values } = node.parse(schema);
  if ($ref !== undefined) return nameOf({ $ref });
  if (values && values.length <= 3) return values.map((value) => JSON.stringify(value)).join("|");
  if (items !== undefined) return inside(items) === "" ? "" : `[${inside(items)}]`;
  if (!properties) return "";
  const members = Object.entries(properties).map(([name, member]) => {
    const value = textOf(member);
    return `"${name}"${required.includes(name) ? "" : "?"}${value && `:${value}`}`;
  });
  return `{${members.join(",")}}`;
}

/** Shows the items of a list only if they have members or a name. */
function inside(items: unknown): string {
  const { properties, $ref } = node.parse(items);
  return properties || $ref !== undefined ? textOf(items) : "";
}

function namesOf(schema: unknown): readonly string[] {
  return Object.keys(node.parse(schema).properties ?? {}).map((name) => `\`${name}\``);
}
