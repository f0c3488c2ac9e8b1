import type { APIRequest, APIResponse } from "@playwright/test";
import type { Captured } from "./capture.ts";

export type ReplayRequest = {
  /** Absolute, or below the `baseURL`. */
  readonly url: string;
  /** GET, where nothing is said. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly data?: object;
};

/** What an application answered. */
export type Answer = {
  readonly status: number;
  /** The machine's word for a refusal, where there is one: `code` of problem details (RFC 9457), or OAuth's `error`. */
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, else as text. */
  readonly body: unknown;
};

/**
 * Sends what was captured from a client that has nothing else: no browser, no other cookie, no memory of an earlier
 * replay. Redirects are answers too, and not followed: many an application refuses by sending people to its login.
 */
export async function replay(
  requests: APIRequest,
  baseURL: string | undefined,
  captured: Captured,
  { url, method = "GET", headers = {}, data }: ReplayRequest,
): Promise<Answer> {
  const address = new URL(url, baseURL).href;
  // Playwright would hand down what its configuration gives to every context: a login that it keeps, or headers.
  const client = await requests.newContext({ storageState: { cookies: [], origins: [] }, extraHTTPHeaders: {} });
  try {
    const sent = { ...credentialHeaders(captured, new URL(address).hostname), ...headers };
    const response = await client.fetch(address, { method, headers: sent, maxRedirects: 0, ...(data && { data }) });
    return await answerOf(response);
  } finally {
    await client.dispose();
  }
}

/** A thief is bound by the host that takes a cookie, and by no other attribute of it. */
function credentialHeaders({ cookies, bearers }: Captured, host: string): Record<string, string> {
  const own = cookies.filter(
    ({ domain }) => host === domain || (domain.startsWith(".") && `.${host}`.endsWith(domain)),
  );
  const token = bearers.at(-1);
  return {
    ...(own.length > 0 && { cookie: own.map(({ name, value }) => `${name}=${value}`).join("; ") }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

async function answerOf(response: APIResponse): Promise<Answer> {
  const text = await response.text();
  const body = parsed(text);
  return { status: response.status(), code: codeIn(body), headers: response.headers(), body };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function codeIn(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const code = "code" in body ? body.code : "error" in body ? body.error : null;
  return typeof code === "string" ? code : null;
}
