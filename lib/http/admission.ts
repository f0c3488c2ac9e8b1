import { z } from "zod";
import { problem } from "./problem.ts";
import { readBody } from "./request/body.ts";
import { isSafe, judgeOrigin } from "./request/origin.ts";

/** The properties of an operation that are checked before the sender is known. */
type Admitting = {
  /** The schema of the body; absent: no body. */
  readonly body?: z.ZodType;
  /** The body is a form. */
  readonly form?: true;
};

export type Admitted<Operation> = { readonly operation: Operation; readonly body: unknown; readonly text: string };

/** Also an empty object, which some clients send in place of no body. */
const noBody = z.strictObject({}).optional();

/**
 * The operation that a request asks for, with its body; or the answer that refuses it, by address, method, origin and
 * body, in this order. `operations`: by method; an unknown address has none.
 */
export async function admission<Operation extends Admitting>(
  operations: ReadonlyMap<string, Operation>,
  request: Request,
  ownOrigin: string,
): Promise<Admitted<Operation> | Response> {
  if (operations.size === 0) return problem("NOT_FOUND");
  const allowed = () => ({ headers: { allow: allowOf(operations) } });
  if (request.method === "OPTIONS") return new Response(null, { status: 204, ...allowed() });
  const operation = operations.get(request.method === "HEAD" ? "GET" : request.method);
  if (!operation) return problem("METHOD_NOT_ALLOWED", allowed());
  const origin = judgeOrigin(request, ownOrigin);
  if (!origin.ok) return problem(origin.code);
  if (isSafe(request)) return { operation, body: undefined, text: "" };
  const read = await readBody(request, operation.body ?? noBody, operation.form ? "form" : "json");
  return "answer" in read ? read.answer : { operation, ...read };
}

/** What `Allow` says of an address. */
export function allowOf(operations: ReadonlyMap<string, unknown>): string {
  return [...operations.keys(), ...(operations.has("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}
