import type { RefusalCode } from "@/lib/core/refusal.ts";
import { inTurn } from "./login-turns.ts";

/** The answer to a request to this application, or the reason of a failure. */
export type Answer<T> = { readonly ok: true; readonly status: number; readonly body: T } | Problem;

export type Problem = {
  readonly ok: false;
  /** 0: the server did not answer. */
  readonly status: number;
  readonly code: RefusalCode | "UNREACHABLE" | "UNEXPECTED";
  readonly detail: string;
  readonly retryAfterSeconds: number | null;
};

type Call = {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sent as `Authorization: Bearer`. */
  readonly bearer?: string | undefined;
  /** The node that should answer, as `Loginscope-Node`. */
  readonly node?: "other" | undefined;
  /** Milliseconds for which the answer is held back, as `Loginscope-Late`. */
  readonly late?: number;
  /** Aborts the request, or the rest of its answer. */
  readonly signal?: AbortSignal | undefined;
};

/** Sends a request and reads the answer: its body, or its problem details (RFC 9457). Never throws. */
export async function ask<T>(path: string, call: Call = {}): Promise<Answer<T>> {
  return inTurn(path, async () => {
    const response = await send(path, call);
    if (!response) return unreachable;
    return response.ok ? readBody<T>(response) : readProblem(response);
  });
}

/** The raw response, or `null` if the server did not answer. Waits for no other request. */
export async function send(
  path: string,
  { method = "GET", body, bearer, node, late, signal }: Call,
): Promise<Response | null> {
  const headers = new Headers({ accept: "application/json" });
  if (body) headers.set("content-type", "application/json");
  if (node !== undefined) headers.set("loginscope-node", node);
  if (late !== undefined) headers.set("loginscope-late", String(late));
  if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
  const text = body ? { body: JSON.stringify(body) } : {};
  try {
    return await fetch(path, { method, headers, cache: "no-store", ...(signal && { signal }), ...text });
  } catch {
    return null;
  }
}

async function readBody<T>(response: Response): Promise<Answer<T>> {
  try {
    const text = await response.text();
    const body: T = text === "" ? null : JSON.parse(text);
    return { ok: true, status: response.status, body };
  } catch {
    return unexpected(response.status);
  }
}

export async function readProblem(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null;
  try {
    const body: unknown = await response.json();
    if (!isProblemBody(body)) return unexpected(response.status);
    return { ok: false, status: response.status, code: body.code, detail: body.detail, retryAfterSeconds };
  } catch {
    return unexpected(response.status);
  }
}

const codeForm = /^[A-Z_]{3,40}$/;

/** The form of a code is enough: no page has the list of all, and another server’s answer has no such member. */
function isProblemBody(body: unknown): body is { code: RefusalCode; detail: string } {
  return (
    typeof body === "object" &&
    body !== null &&
    "code" in body &&
    typeof body.code === "string" &&
    codeForm.test(body.code) &&
    "detail" in body &&
    typeof body.detail === "string"
  );
}

export const unreachable: Problem = {
  ok: false,
  status: 0,
  code: "UNREACHABLE",
  detail: "The server did not answer.",
  retryAfterSeconds: null,
};

function unexpected(status: number): Problem {
  return {
    ok: false,
    status,
    code: "UNEXPECTED",
    detail: "The server’s answer has an unexpected form.",
    retryAfterSeconds: null,
  };
}
