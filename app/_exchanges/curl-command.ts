import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { shellWord } from "@/lib/lab/shell-word.ts";

/** Headers that the server reads. The others are the browser's own, or curl writes them by itself. */
const sent: ReadonlySet<string> = new Set([
  ...[
    "authorization",
    "content-type",
    "cookie",
    "loginscope-late",
    "loginscope-network",
    "loginscope-node",
    "user-agent",
  ],
]);

/** The most characters of a body that an exchange has. */
const recordedBody = 4096;

/**
 * The request of an exchange as a command for a POSIX shell. `origin`: where this application is. `passwords`: by
 * username, since an exchange has none in its body; in a lab they are public.
 */
export function curlCommand(
  { request: { method, path, headers, body } }: Exchange,
  origin: string,
  passwords: Readonly<Record<string, string>>,
): string {
  const lines = [
    `curl -i ${method === "GET" ? "" : `-X ${method} `}${shellWord(`${origin}${path}`)}`,
    ...headers.filter(([name]) => sent.has(name)).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-raw ${shellWord(withPassword(body, passwords))}`]),
  ];
  return lines.join(" \\\n  ");
}

function withPassword(body: string, passwords: Readonly<Record<string, string>>): string {
  if (!body.startsWith("{")) return body;
  try {
    const fields: unknown = JSON.parse(body);
    if (typeof fields !== "object" || fields === null || !("username" in fields) || !("password" in fields))
      return body;
    const known = passwords[String(fields.username)];
    return known === undefined ? body : JSON.stringify({ ...fields, password: known });
  } catch {
    // A body that was cut is no JSON any more.
    return body;
  }
}

/** What to know before the command is sent; `null`: nothing. */
export function curlWarning({ action, request, code }: Exchange): string | null {
  if (action === "refresh" && code === null) {
    return "This request used its refresh token up. Sent again, after the grace, it is refused as reuse, and ends the family.";
  }
  if (action === "login") return "curl has no lab cookie, so this login begins in a lab of its own.";
  const { headers, body } = request;
  if (body !== null && body.length >= recordedBody)
    return "Its body is longer than what is recorded, so it is cut here.";
  const inBody = body?.includes('"refresh_token"') === true;
  const carries = inBody || headers.some(([name]) => name === "cookie" || name === "authorization");
  return carries ? null : "It carries no credential.";
}
