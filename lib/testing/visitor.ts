import type { VariantId } from "../core/ids.ts";
import type { Variant } from "../core/variant.ts";
import { deviceCookie } from "../http/password-attempts/device-cookie.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import { absorbCookies, cookieHeader, type HeldCookies } from "../lab/cookies/held-cookies.ts";
import { demoPasswords } from "../server/demo-people.ts";
import type { TestApplication } from "./test-application.ts";

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, if it is JSON; else `{}`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The code of a refusal. */
  readonly code: unknown;
  /** The Set-Cookie lines, without that of known devices, which every login of a browser has. */
  readonly setCookies: readonly string[];
};

export type Sending = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * A client of a person: keeps the cookies and tokens that it is given, and sends them along. It adds its refresh token
 * to a body if the operation takes one and the test gives no other.
 */
export type Visitor = {
  readonly cookies: HeldCookies;
  /** The cookie of known devices, apart from the others: it is no login's. */
  readonly device: HeldCookies;
  accessToken: string | null;
  refreshToken: string | null;
  send(method: string, path: string, sending?: Sending): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  /** With this person's public password, unless the fields have another. */
  logIn(variant: VariantId, fields?: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** Another client in the same lab, which has only the lab cookie. */
  another(): Visitor;
  /** A client of its own with what this visitor holds now. */
  copy(): Visitor;
};

/** A client with the given cookies; without any, a stranger without a lab. */
export function createVisitor(
  app: Pick<TestApplication, "dispatch" | "env">,
  held: Iterable<readonly [string, string]> = [],
): Visitor {
  const visitor: Visitor = {
    cookies: new Map(held),
    device: new Map(),
    accessToken: null,
    refreshToken: null,
    async send(method, path, { body, headers = {} } = {}) {
      const request = new Request(`${app.env.origin}${path}`, {
        method,
        headers: { ...headersOf(visitor, body !== undefined), ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const response = await app.dispatch(request);
      absorbCookies(visitor.cookies, response);
      setApart(visitor);
      const reply = await replyOf(response);
      const token = reply.body["access_token"];
      if (typeof token === "string") visitor.accessToken = token;
      const refreshToken = reply.body["refresh_token"];
      if (typeof refreshToken === "string") visitor.refreshToken = refreshToken;
      return reply;
    },
    get: (path) => visitor.send("GET", path),
    post: (path, body) => visitor.send("POST", path, { body: body ?? ownRefreshToken(visitor, path) }),
    logIn(variant, fields = {}) {
      const username = typeof fields["username"] === "string" ? fields["username"] : "alice";
      const credentials = { username, password: demoPasswords[username] ?? "nobody has this one" };
      return visitor.post(`/api/${flowOf(variant)}/login`, { ...credentials, variant, ...fields });
    },
    another: () =>
      createVisitor(
        app,
        [...visitor.cookies].filter(([name]) => name === labCookie.name),
      ),
    copy() {
      const copy = createVisitor(app, visitor.cookies);
      for (const [name, value] of visitor.device) copy.device.set(name, value);
      copy.accessToken = visitor.accessToken;
      copy.refreshToken = visitor.refreshToken;
      return copy;
    },
  };
  return visitor;
}

/** A client in a new lab of its own. */
export async function enterLab(app: TestApplication): Promise<Visitor> {
  return createVisitor(app, [await app.stage.openLab()]);
}

/** `cookie` of `cookie/sealed`. */
export function flowOf(variant: VariantId): string {
  return variant.split("/")[0] ?? "";
}

/** The names of the cookies in which a browser of this variant has its credentials. */
export function credentialCookies({ holds }: Pick<Variant, "holds">): readonly string[] {
  return holds.flatMap((holding) => (holding.travels === "cookie" ? holding.cookie : []));
}

function ownRefreshToken({ refreshToken }: Visitor, path: string): object | undefined {
  return refreshToken !== null && /\/(refresh|logout)$/.test(path) ? { refresh_token: refreshToken } : undefined;
}

function setApart({ cookies, device }: Visitor): void {
  const value = cookies.get(deviceCookie.name);
  if (value !== undefined) device.set(deviceCookie.name, value);
  cookies.delete(deviceCookie.name);
}

function headersOf({ cookies, device, accessToken }: Visitor, json: boolean): Record<string, string> {
  const cookie = cookieHeader(new Map([...cookies, ...device]));
  return {
    ...(cookie !== null && { cookie }),
    ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    ...(json && { "content-type": "application/json" }),
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = text !== "" && /^application\/(problem\+)?json\b/.test(headers.get("content-type") ?? "");
  const body: Readonly<Record<string, unknown>> = isJson ? JSON.parse(text) : {};
  const setCookies = headers.getSetCookie().filter((line) => !line.startsWith(`${deviceCookie.name}=`));
  return { status, headers, text, body, code: body["code"] ?? null, setCookies };
}
