import { shellWord } from "../../lib/lab/shell-word.ts";
import type { FuzzedRequest } from "./fuzzed-request.ts";

/** The request as a line for a shell. Bytes that are no text go through base64. */
export function asCurl(origin: string, { method, address, headers, body }: FuzzedRequest): string {
  const bytes = body === null || method === "HEAD" ? null : Buffer.from(body);
  const isText = bytes === null || /^[\t\n\x20-\x7e]*$/.test(bytes.toString("latin1"));
  const data = bytes && (isText ? ["--data-raw", shellWord(bytes.toString())] : ["--data-binary", "@-"]);
  const words = [
    "curl --include --path-as-is --globoff",
    ...(method === "HEAD" ? ["--head"] : ["--request", shellWord(method)]),
    ...Object.entries(headers).flatMap(([name, value]) => [
      "--header",
      shellWord(value === "" ? `${name};` : `${name}: ${value}`),
    ]),
    // Else curl names a type of its own.
    ...(data && headers["content-type"] === undefined ? ["--header", shellWord("content-type:")] : []),
    ...(data ?? []),
    shellWord(`${origin}${address}`),
  ].join(" ");
  return bytes && !isText ? `printf %s ${bytes.toString("base64")} | base64 --decode | ${words}` : words;
}
