import { wholeBody } from "../../../../http/request/body.ts";
import type { Dispatch } from "../../../../http/router.ts";

/** What the weak edge acts on: these change something when they are asked by GET, too. */
const changes = /^\/api\/[^/]+\/(?:transfer|login)$/;

/**
 * An edge that does not ask who made the browser send a change. It takes any form of body, and a GET with the fields in
 * its address. To the right edge each looks as if the application's own page had sent it.
 */
export function fromAnyOrigin(right: Dispatch): Dispatch {
  return async (request) => {
    const url = new URL(request.url);
    if (request.method === "OPTIONS" || !changes.test(url.pathname)) return right(request);
    const read = await wholeBody(request);
    if ("answer" in read) return read.answer;
    const text = new TextDecoder().decode(read.bytes);
    const fields = request.method === "GET" ? [...url.searchParams] : fieldsOf(text);
    const headers = new Headers(request.headers);
    for (const name of ["origin", "referer", "content-length"]) headers.delete(name);
    headers.set("sec-fetch-site", "same-origin");
    headers.set("content-type", "application/json");
    const body = JSON.stringify(Object.fromEntries(fields.filter(([name]) => isField(name)).map(asTyped)));
    return right(new Request(url, { method: "POST", headers, body }));
  };
}

/** JSON, whatever the request calls it; else a form. */
function fieldsOf(text: string): readonly (readonly [string, string])[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) {
      return Object.entries(value).map(([name, each]) => [name, String(each)]);
    }
  } catch {
    // It is a form.
  }
  return [...new URLSearchParams(text)];
}

/** The names that the operations know. A form has fields for other readers. */
function isField(name: string): boolean {
  return ["to", "amount", "username", "password", "variant"].includes(name);
}

function asTyped([name, value]: readonly [string, string]): readonly [string, string | number] {
  return [name, name === "amount" ? Number(value) : value];
}
