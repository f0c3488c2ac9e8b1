import { z } from "zod";
import type { InterfaceDocument } from "./interface-document.ts";
import type { FuzzAnswer } from "./send.ts";

const problem = "application/problem+json";
const refusal = z.object({ status: z.int(), code: z.string(), detail: z.string() });
/** Refused before an address is looked for: a broken request, another host, headers that are too large. */
const brokenRequest = new Set([400, 421, 431]);

type Asked = { readonly method: string; readonly address: string };

/** Why an answer to any request is not in order; `null`: it is. */
export function objectionTo(document: InterfaceDocument, asked: Asked, answer: FuzzAnswer): string | null {
  const found = faultOf(asked, answer) ?? undocumented(document, asked, answer);
  return found === null ? null : `${found} ${answer.status} ${answer.body.slice(0, 2000)}`;
}

function faultOf({ address }: Asked, { status, headers, body }: FuzzAnswer): string | null {
  if (status >= 500 && pathOf(address) !== "/api/health") return "A fault of the server:";
  return body !== "" && headers["content-type"] === undefined ? "A body without a content type:" : null;
}

function undocumented(document: InterfaceDocument, { method, address }: Asked, answer: FuzzAnswer): string | null {
  const { status, headers, body } = answer;
  if (method === "OPTIONS" && status === 204) return null;
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  const operation = document.find(method === "HEAD" ? "GET" : method, pathOf(address));
  if (!operation || (headers.connection === "close" && brokenRequest.has(status))) {
    return isRefusal(method, type, answer) ? null : "Neither an operation nor a refusal:";
  }
  const texts = method === "HEAD" ? [] : jsonTexts(type, body);
  if (!texts) return "No JSON:";
  const objections = (texts.length > 0 ? texts : [undefined]).map((text) =>
    document.objection(operation, { status, type, body: text }),
  );
  return objections.find((each) => each !== null) ?? null;
}

function pathOf(address: string): string {
  return address.split("?")[0] ?? "";
}

/** Each JSON text of a body; a stream that was left has a last line that is not whole. `null`: one is no JSON. */
function jsonTexts(type: string, body: string): readonly unknown[] | null {
  const whole = body.slice(0, body.lastIndexOf("\n") + 1);
  try {
    switch (type) {
      case "application/json":
      case problem:
        return [JSON.parse(body)];
      case "application/x-ndjson":
        return whole
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line));
      case "text/event-stream":
        return whole
          .split("\n")
          .filter((line) => line.startsWith("data: "))
          .map((line) => JSON.parse(line.slice("data: ".length)));
      default:
        return [];
    }
  } catch {
    return null;
  }
}

function isRefusal(method: string, type: string, { status, body }: Pick<FuzzAnswer, "status" | "body">): boolean {
  // Headers that are too large are mostly a browser's cookies, so without another wish the answer is a page.
  if (status === 431 && type === "text/html") return true;
  if (type !== problem || status < 400 || status >= 500) return false;
  return method === "HEAD" || refusal.safeParse(JSON.parse(body)).data?.status === status;
}
