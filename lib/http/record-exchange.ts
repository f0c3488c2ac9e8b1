import type { Exchange, Header, SourceLine } from "../core/exchange.ts";
import type { Client } from "../core/flow.ts";
import type { Application, StepRecorder, World } from "./application.ts";
import type { Call } from "./endpoint.ts";
import { labCookie } from "./lab-cookie.ts";
import { problemType } from "./problem.ts";

/** The headers that say something about logging in. The rest is noise on a page. */
const told = new Set([
  ...["authorization", "content-type", "cookie", "host", "origin", "referer", "sec-fetch-site", "user-agent"],
  ...["allow", "cache-control", "clear-site-data", "retry-after", "set-cookie", "vary", "www-authenticate"],
]);
const passwordFields = new Set(["password", "current", "next"]);
const maxBodyText = 4096;

/**
 * Writes down one exchange of a watched lab. Credentials are in it, for the lab that owns them; a
 * password never is, and neither is the lab cookie.
 */
export function recordExchange(app: Application, world: World, request: Request, bodyText: string, client: Client) {
  const startedAt = performance.now();
  const at = world.clock.now();
  const steps: Exchange["steps"][number][] = [];
  const refusals = new Map<Exchange["code"], SourceLine>();
  const trace: StepRecorder = {
    startedAt,
    record: (step) => void steps.push(step),
    refused: (code, line) => void refusals.set(code, line),
  };

  return {
    trace,
    async publish(response: Response, about: Call["about"]): Promise<void> {
      const { pathname } = new URL(request.url);
      const body = response.body ? await response.clone().text() : null;
      const code = codeOf(response, body);
      const refusedAt = refusals.get(code);
      app.exchanges.publish(world.lab.id, {
        at,
        flow: about.flow,
        variant: about.variant,
        action: pathname.split("/").at(-1) ?? "",
        device: client.device,
        request: {
          method: request.method,
          path: pathname,
          headers: headersOf(request.headers),
          body: bodyText ? withoutPasswords(bodyText) : null,
        },
        response: {
          status: response.status,
          headers: headersOf(response.headers),
          body: body?.slice(0, maxBodyText) ?? null,
        },
        code,
        steps,
        ...(refusedAt && { refusedAt }),
        took: performance.now() - startedAt,
      });
    },
  };
}

function headersOf(headers: Headers): readonly Header[] {
  return [...headers]
    .filter(([name]) => told.has(name))
    .map(([name, value]): Header => [name, withoutSecrets(name, value)]);
}

function withoutSecrets(name: string, value: string): string {
  if (name.endsWith("cookie")) return withoutLabCookie(value);
  // Only a bearer token is a credential of a lab's own; under another scheme a password may have been typed.
  return name === "authorization" && !/^Bearer /i.test(value) ? "…" : value;
}

/** Also where it is spelt as only a parser would forgive. */
function withoutLabCookie(line: string): string {
  return line.replace(new RegExp(`(${labCookie.name}\\s*=)[^;]*`, "g"), "$1…");
}

function withoutPasswords(text: string): string {
  const masked = JSON.stringify(JSON.parse(text), (key, value) => (passwordFields.has(key) ? "•••" : value));
  return masked.slice(0, maxBodyText);
}

function codeOf(response: Response, body: string | null): Exchange["code"] {
  if (response.headers.get("content-type") !== problemType || !body) return null;
  return JSON.parse(body).code ?? null;
}
