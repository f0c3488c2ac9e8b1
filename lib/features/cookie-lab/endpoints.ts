import { z } from "zod";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { boundedText } from "../../http/request/text.ts";
import { cookiePrefixes } from "../../lab/cookies/cookie-prefix.ts";
import { bytesOf, hasControlCharacter, parseSetCookie } from "../../lab/cookies/set-cookie-line.ts";

/**
 * The cookie laboratory: sends any Set-Cookie line that the visitor writes, and shows which cookies came back. Its
 * cookies have names of their own, so a line can neither set nor show the lab's cookie or a flow's.
 */
const namespace = "try";
const echoFolder = "/api/lab/echo";
/**
 * The most bytes of cookies for one address: with more, the browser's requests would exceed the 16 KiB of headers that
 * Node.js reads.
 */
const maxHeldBytes = 9000;
const maxLine = 12_000;

const line = boundedText(maxLine, objectionTo);
const cookieBody = z.strictObject({ line });
const echoAnswer = z.strictObject({
  path: z.string(),
  cookies: z.array(z.strictObject({ name: z.string(), value: z.string() })),
});

export const cookieLabEndpoints: Endpoints = {
  "lab/cookies": {
    POST: operation({
      summary: "Send a Set-Cookie line as it is",
      description: "The line comes back in the body and as a header.",
      lab: "start",
      labModeOnly: true,
      body: cookieBody,
      answers: { 200: [asJson(z.strictObject({ line: z.string() }))] },
      run: send,
    }),
  },
  "lab/echo/:path*": {
    GET: {
      summary: "The laboratory's cookies that came with this very request",
      description: "At any address below `/api/lab/echo/`.",
      lab: "named",
      labModeOnly: true,
      quiet: true,
      answers: { 200: [asJson(echoAnswer)] },
      run: echo,
    },
  },
};

async function send({ body, jar, request }: Call<z.infer<typeof cookieBody>>): Promise<Answer> {
  const { line: sent } = body;
  const { name, value, maxAge } = parseSetCookie(sent);
  const held = bytesOf((request.headers.get("cookie") ?? "").trim());
  const deletes = maxAge !== null && maxAge <= 0;
  if (!deletes && held + bytesOf(name) + bytesOf(value) > maxHeldBytes)
    return {
      ok: false,
      code: "UNPROCESSABLE",
      detail: `line: this browser sends ${held} bytes of cookies already, and with these no request would be read. Delete some.`,
    };
  jar.send(sent);
  return json({ line: sent });
}

/** The laboratory's cookies on this request, in the order in which they came. */
async function echo({ request }: Call): Promise<Answer> {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const cookies = pairs.filter(isOwn).map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? { name: "", value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  return json({ path: new URL(request.url).pathname, cookies });
}

/** A sentence on why a line is not sent, or `null`. */
function objectionTo(text: string): string | null {
  if (hasControlCharacter(text)) return "must not contain control characters: no header can";
  if (!/^[\t -~]*$/.test(text)) return "must be printable ASCII";
  const { name, value, path } = parseSetCookie(text);
  // The text that the browser would send first: the name, or without a name the value.
  if (!isOwn(name === "" ? value : name)) return `the cookie's name, without its prefix, must begin with ${namespace}`;
  return isObservable(path) ? null : `Path must be /, or ${echoFolder} or below, where it can be observed`;
}

/** Browsers ignore the case of prefixes, so this does too. */
function isOwn(name: string): boolean {
  const lower = name.toLowerCase();
  const prefix = cookiePrefixes.find((each) => lower.startsWith(each.toLowerCase())) ?? "";
  return lower.slice(prefix.length).startsWith(namespace);
}

/** A cookie with another Path could fill up requests to that address unseen. */
function isObservable(path: string | null): boolean {
  return path === null || path === "/" || path === echoFolder || path.startsWith(`${echoFolder}/`);
}
