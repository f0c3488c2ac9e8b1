import type { z } from "zod";
import type { Application } from "../http/application.ts";
import type { Content } from "../http/openapi/content.ts";
import { refusalsOf } from "../http/openapi/refusals.ts";
import { fault, refusal } from "../http/openapi/shapes.ts";
import type { Operation } from "../http/operation.ts";
import { problemType } from "../http/problem.ts";
import { createFinder, type Dispatch, type EndpointTable } from "../http/router.ts";

/** The same dispatch, which fails if an answer is not one of the operation's documented ones. */
export function documented(
  dispatch: Dispatch,
  { labMode }: Pick<Application, "labMode">,
  table: EndpointTable,
): Dispatch {
  const find = createFinder({ labMode }, table);
  return async (request) => {
    const method = request.method === "HEAD" ? "GET" : request.method;
    const operation = find(request.url)?.operations.get(method) ?? null;
    const response = await dispatch(request);
    const what = `${request.method} ${new URL(request.url).pathname} answered ${response.status}`;
    const type = response.headers.get("content-type")?.split(";")[0] ?? null;
    if (type === problemType) await judgeRefusal(what, request.method, response, operation);
    else if (request.method === "OPTIONS") expectThat(response.status === 204, `${what}, and OPTIONS answers 204`);
    else return judgeAnswer(what, request.method, response, operation, type);
    return response;
  };
}

/** The answers for an unknown address, or for a method that an address does not take. */
const ofNoOperation = new Set(["NOT_FOUND", "METHOD_NOT_ALLOWED"]);

async function judgeRefusal(what: string, method: string, response: Response, operation: Operation | null) {
  if (method === "HEAD") return;
  const body: unknown = await response.clone().json();
  if (response.status === 500) {
    expectShape(what, fault, body);
    return;
  }
  const { code } = expectShape(what, refusal, body);
  const codes: ReadonlySet<string> = operation ? refusalsOf(method, operation) : ofNoOperation;
  expectThat(codes.has(code), `${what} ${code}, which its row of the table does not name`);
}

async function judgeAnswer(
  what: string,
  method: string,
  response: Response,
  operation: Operation | null,
  type: string | null,
): Promise<Response> {
  const contents = operation?.answers[response.status];
  if (!contents) throw new Error(`${what}, which its row of the table does not name`);
  if (method === "HEAD") return response;
  if (contents.length === 0 || type === null) {
    const isEmpty = type === null && (await response.clone().bytes()).length === 0;
    const has = type ?? (isEmpty ? "nothing" : "bytes without a media type");
    expectThat(contents.length === 0 && isEmpty, `${what} with ${has} in its body`);
    return response;
  }
  const content = contents.find((each) => each.type === type);
  if (!content) throw new Error(`${what} with ${type}, which its row of the table does not name`);
  if ("schema" in content) expectShape(what, content.schema, await response.clone().json());
  return "item" in content ? judgingItems(what, content, response) : response;
}

/** Reads the stream at the reader's pace, and ends it when the reader does. */
function judgingItems(what: string, content: Extract<Content, { item: z.ZodType }>, response: Response): Response {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const line = content.type === "text/event-stream" ? /^data: (.*)\n/gm : /^(.+)\n/gm;
  let text = "";
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const read = await reader?.read();
        if (!read || read.done) {
          // A last line without its end would be one that no client reads as a line.
          expectThat(text === "", `${what} with a stream whose last line has no end: its row of the table says lines`);
          return controller.close();
        }
        text += decoder.decode(read.value, { stream: true });
        const whole = text.slice(0, text.lastIndexOf("\n") + 1);
        text = text.slice(whole.length);
        for (const [, item = ""] of whole.matchAll(line)) expectShape(what, content.item, JSON.parse(item));
        controller.enqueue(read.value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: response.status, headers: response.headers });
}

function expectShape<T>(what: string, schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${what} with another body than its row of the table says: ${JSON.stringify(issue)}`);
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
