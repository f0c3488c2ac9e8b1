import { z } from "zod";
import { problem } from "../problem.ts";

const maxBytes = 16_384;

/** A form of another site cannot send these types without a preflight (ASVS 3.5.2); OAuth clients send forms. */
const formats = {
  json: { mediaType: "application/json", name: "JSON", parse: (text: string): unknown => JSON.parse(text) },
  form: {
    mediaType: "application/x-www-form-urlencoded",
    name: "a form",
    parse: (text: string): unknown => [...new URLSearchParams(text)],
  },
} as const;

/**
 * A short text that has one form only: without control characters, which password hashing and log files
 * read in ways of their own, and without halves of a character, which all become the same one in UTF-8.
 */
export const shortText = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "must not contain control characters or broken ones");

/** The body as the schema parsed it, or the answer that names the mistake. An empty body is `undefined`. */
export async function readBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  format: keyof typeof formats = "json",
): Promise<{ body: T; text: string } | { answer: Response }> {
  const read = await readBytes(request).catch(() => undefined);
  if (read === undefined) return { answer: problem("BAD_REQUEST", { detail: "The body broke off." }) };
  if (read === null)
    return { answer: problem("PAYLOAD_TOO_LARGE", { detail: `A body here has at most ${maxBytes} bytes.` }) };
  const { mediaType, name, parse } = formats[format];
  if (read.byteLength > 0 && isEncoded(request)) {
    // RFC 9110 §15.5.16: says which encoding would do.
    const headers = { "accept-encoding": "identity" };
    return { answer: problem("UNSUPPORTED_MEDIA_TYPE", { detail: "Send it without Content-Encoding.", headers }) };
  }
  if (read.byteLength > 0 && mediaTypeOf(request.headers.get("content-type")) !== mediaType) {
    return { answer: problem("UNSUPPORTED_MEDIA_TYPE", { detail: `Send it with Content-Type: ${mediaType}.` }) };
  }
  const parsed = parseAs(parse, read);
  if (!parsed) return { answer: problem("BAD_REQUEST", { detail: `The body is not ${name} in UTF-8.` }) };
  const checked = schema.safeParse(parsed.value);
  if (checked.success) return { body: checked.data, text: parsed.text };
  return { answer: problem("UNPROCESSABLE", { detail: sentenceOf(checked.error) }) };
}

/** Stops with `null` above the limit, so a huge body is never held in memory. */
async function readBytes(request: Request): Promise<Uint8Array | null> {
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

function parseAs(parse: (text: string) => unknown, bytes: Uint8Array): { value: unknown; text: string } | null {
  if (bytes.byteLength === 0) return { value: undefined, text: "" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: parse(text), text };
  } catch {
    return null;
  }
}

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "body";
  return `${field}: ${issue?.message ?? "is not as expected"}.`;
}
