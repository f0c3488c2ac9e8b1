import type { APIRequest, APIResponse } from "@playwright/test";
import type { Captured } from "./capture.ts";

export type ReplayRequest = {
  /** An absolute address, or a path below the `baseURL`. */
  readonly url: string;
  /** Default: GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly data?: object;
};

/** The application's answer. */
export type Answer = {
  readonly status: number;
  /** The code of a refusal, if there is one: `code` of problem details (RFC 9457), or OAuth's `error`. */
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, else the text. */
  readonly body: unknown;
};

/**
 * Sends captured credentials from a client without any other state: no browser, no other cookies, no memory of an
 * earlier replay. Redirects are not followed, because many applications refuse with a redirect to their login page.
 */
export async function replay(
  requests: APIRequest,
  baseURL: string | undefined,
  captured: Captured,
  { url, method = "GET", headers = {}, data }: ReplayRequest,
): Promise<Answer> {
  const address = new URL(url, baseURL).href;
  // Without these options the context would inherit the configuration's headers and stored login.
  const client = await requests.newContext({ storageState: { cookies: [], origins: [] }, extraHTTPHeaders: {} });
  try {
    const sent = { ...credentialHeaders(captured, new URL(address).hostname), ...headers };
    const response = await client.fetch(address, { method, headers: sent, maxRedirects: 0, ...(data && { data }) });
    return await answerOf(response);
  } finally {
    await client.dispose();
  }
}

/** A thief must send a cookie to the right host. Other attributes bind only browsers. */
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
