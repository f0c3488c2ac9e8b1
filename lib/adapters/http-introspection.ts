import { z } from "zod";
import type { Principal } from "../core/login.ts";
import type { Introspection } from "../core/ports.ts";
import { ok, refuse } from "../core/result.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import { latestNumericDate, second } from "../core/time.ts";

const numericDate = z.number().min(0).max(latestNumericDate);

/** RFC 7662 §2.2, with the members that our session service adds. */
const answer = z.discriminatedUnion("active", [
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    sub: z.string(),
    username: z.string(),
    name: z.string(),
    role: z.enum(["user", "admin"]),
    iat: numericDate,
    exp: numericDate,
    auth_time: numericDate,
    sid: z.string(),
  }),
]);

type Active = Extract<z.infer<typeof answer>, { active: true }>;

type Question = { readonly method: "POST"; readonly headers: Readonly<Record<string, string>>; readonly body: string };

export type HttpIntrospectionOptions = {
  /** Sends the question to the service's introspection endpoint. */
  readonly send: (question: Question) => Promise<Response>;
  /** HTTP Basic, as the service knows this application (RFC 6749 §2.3.1). */
  readonly asks: { readonly id: string; readonly secret: string };
};

/**
 * Asks a session service over HTTP. An answer of any other form is an error: the login cannot be judged, so access is
 * refused.
 */
export function createHttpIntrospection({ send, asks }: HttpIntrospectionOptions): Introspection {
  const basic = [asks.id, asks.secret].map(encodeURIComponent).join(":");
  const headers = {
    authorization: `Basic ${Buffer.from(basic).toString("base64")}`,
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  };

  async function question(body: string): Promise<z.infer<typeof answer>> {
    try {
      const response = await send({ method: "POST", headers, body });
      return answer.parse(await response.json());
    } catch (cause) {
      throw new StoreUnavailable("session service", { cause });
    }
  }

  return {
    async ask(token, { touch, client }) {
      // What the service has to know of the client to judge the token for it: parameters of context (RFC 7662 §2.1).
      const context = { ip: client.ip, user_agent: client.userAgent };
      const told = await question(String(new URLSearchParams({ token, ...context, ...(touch && { used: "true" }) })));
      return told.active ? ok(principalOf(told)) : refuse("INVALID_CREDENTIAL", "service");
    },
  };
}

function principalOf({ sub, username, name, role, iat, exp, auth_time, sid }: Active): Principal {
  return {
    user: { id: sub, username, displayName: name, role },
    issuedAt: iat * second,
    expiresAt: exp * second,
    authenticatedAt: auth_time * second,
    recordId: sid,
  };
}
