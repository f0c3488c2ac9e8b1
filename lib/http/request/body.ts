import type { z } from "zod";
import { type JsonObjection, type JsonRead, jsonObjections, readJson } from "../../core/text/read-json.ts";
import { problem } from "../problem.ts";

const maxBytes = 16_384;

/** A form of another site cannot send these types without a preflight (ASVS 3.5.2); OAuth clients send forms. */
const formats = {
  json: { mediaType: "application/json", name: "JSON", read: readJson },
  form: {
    mediaType: "application/x-www-form-urlencoded",
    name: "a form",
    read: (text: string): JsonRead => ({ ok: true, value: [...new URLSearchParams(text)] }),
  },
} as const;

/** The body as the schema parsed it, or the answer that names the mistake. An empty body is `undefined`. */
export async function readBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  format: keyof typeof formats = "json",
): Promise<{ body: T; text: string } | { answer: Response }> {
  const whole = await wholeBody(request);
  if ("answer" in whole) return whole;
  const read = whole.bytes;
  const { mediaType, name, read: reader } = formats[format];
  if (read.byteLength > 0 && isEncoded(request)) {
    // RFC 9110 §15.5.16: says which encoding would do.
    const headers = { "accept-encoding": "identity" };
    return { answer: problem("UNSUPPORTED_MEDIA_TYPE", { detail: "Send it without Content-Encoding.", headers }) };
  }
  if (read.byteLength > 0 && mediaTypeOf(request.headers.get("content-type")) !== mediaType) {
    return { answer: problem("UNSUPPORTED_MEDIA_TYPE", { detail: `Send it with Content-Type: ${mediaType}.` }) };
  }
  const text = textOf(read);
  const said: JsonRead = text === null ? unreadable : read.byteLength === 0 ? nothing : reader(text);
  if (!said.ok) return { answer: refusedAs(said.why, name) };
  const checked = schema.safeParse(said.value);
  if (checked.success) return { body: checked.data, text: text ?? "" };
  return { answer: problem("UNPROCESSABLE", { detail: sentenceOf(checked.error) }) };
}

/** The bytes of a body, or the answer to one that is too long or broke off. */
export async function wholeBody(
  request: Request,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer> } | { answer: Response }> {
  const bytes = await readBytes(request).catch(() => undefined);
  if (bytes === undefined) return { answer: problem("BAD_REQUEST", { detail: "The body broke off." }) };
  if (bytes === null)
    return { answer: problem("PAYLOAD_TOO_LARGE", { detail: `A body here has at most ${maxBytes} bytes.` }) };
  return { bytes };
}

/** Stops with `null` above the limit, so a huge body is never held in memory. */
async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isEncoded({ headers }: Request): boolean {
  return (headers.get("content-encoding") ?? "identity").trim().toLowerCase() !== "identity";
}

function mediaTypeOf(contentType: string | null): string | undefined {
  return contentType?.split(";")[0]?.trim().toLowerCase();
}

const nothing: JsonRead = { ok: true, value: undefined };
const unreadable: JsonRead = { ok: false, why: "syntax" };

function refusedAs(why: JsonObjection, name: string): Response {
  if (why === "syntax") return problem("BAD_REQUEST", { detail: `The body is not ${name} in UTF-8.` });
  return problem("UNPROCESSABLE", { detail: `body: ${jsonObjections[why]}.` });
}

/** `null`: it is no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "body";
  return `${field}: ${issue?.message ?? "is not as expected"}.`;
}
