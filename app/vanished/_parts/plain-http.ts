import { type Diagnosis, diagnose, type Heard } from "@/lib/features/vanished/diagnose.ts";
import { type Answer, ask } from "../../_browser/api.ts";

/**
 * A well-made login cookie. The laboratory reports its own Set-Cookie line, because a script cannot read that header.
 */
const cookie = "__Host-try-login";
const line = `${cookie}=alice; Path=/; HttpOnly; Secure; SameSite=Lax`;

const send = "/api/lab/cookies";
const echo = "/api/lab/echo/here";

/**
 * Lets the server set a Secure cookie and looks for it on the next request. This cause is played without a lab: over
 * plain http the lab's own cookie is lost too, and with it the lab's recorded exchanges.
 */
export async function playPlainHttp(): Promise<Diagnosis | string> {
  const from = Date.now();
  const sent = await ask<{ readonly line: string }>(send, { method: "POST", body: { line } });
  if (!sent.ok) return sent.detail;
  const came = await ask<{ readonly cookies: readonly { readonly name: string; readonly value: string }[] }>(echo);
  if (!came.ok) return came.detail;
  const { protocol, hostname } = window.location;
  return diagnose({
    cookie,
    login: heard("POST", send, sent, { answered: [["set-cookie", sent.body.line]] }),
    asked: heard("GET", echo, came, {
      sent: [["cookie", came.body.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")]],
    }),
    between: [],
    scheme: protocol === "https:" ? "https" : "http",
    host: hostname,
    elapsed: Date.now() - from,
    store: null,
    events: [],
  });
}

type Headers = Heard["request"]["headers"];

/** The exchange of this page: its request, the answer, and the headers that the server reported. */
function heard(
  method: string,
  path: string,
  { status }: Answer<unknown>,
  { sent = [], answered = [] }: { readonly sent?: Headers; readonly answered?: Headers },
): Heard {
  return {
    action: path.split("/").at(-1) ?? "",
    request: { method, path, headers: sent, body: null },
    response: { status, headers: answered, body: null },
    code: null,
    steps: [],
  };
}
