import { absorbCookies, cookieHeader } from "../../lab/cookies/held-cookies.ts";

/** What was asked for cannot be measured, and why. */
export class NotMeasurable extends Error {}

/** A client of which each request is made before it is timed. */
export type BenchClient = {
  make(method: "GET" | "POST" | "PATCH", path: string, body?: object): Request;
  /** Keeps what the answer hands out, as a browser and its page do. Throws if it is no success. */
  take(response: Response): Promise<void>;
  /** The refresh token, where it travels in a body. */
  refreshBody(): object | undefined;
};

/** Those of the request that arrived, and no other's. */
const notPassedOn = new Set(["content-type", "content-length", "transfer-encoding", "cookie", "authorization"]);

/**
 * Its requests are as the framework hands them to a route: of the class of the one that arrived, with that one's
 * headers, and with its own cookies and token.
 */
export function createBenchClient(
  arrived: Request,
  { origin, cookies: given }: { origin: string; cookies: Iterable<readonly [string, string]> },
): BenchClient {
  const MadeRequest = arrived.constructor as typeof Request;
  const passedOn = [...arrived.headers].filter(([name]) => !notPassedOn.has(name));
  const cookies = new Map(given);
  let accessToken: string | null = null;
  let refreshToken: string | null = null;
  let headers = headersNow();

  function headersNow(): Record<string, string> {
    const cookie = cookieHeader(cookies);
    return {
      ...Object.fromEntries(passedOn),
      ...(cookie !== null && { cookie }),
      ...(accessToken !== null && { authorization: `Bearer ${accessToken}` }),
    };
  }

  return {
    make: (method, path, body) =>
      new MadeRequest(`${origin}${path}`, {
        method,
        headers: body ? { ...headers, "content-type": "application/json" } : headers,
        ...(body && { body: JSON.stringify(body) }),
      }),
    async take(response) {
      if (!response.ok)
        throw new NotMeasurable(`A request of the bench was answered ${response.status} ${await response.text()}`);
      const handsOut = response.headers.has("set-cookie");
      absorbCookies(cookies, response);
      const { access_token: access, refresh_token: refresh } = await bodyOf(response);
      if (typeof access === "string") accessToken = access;
      if (typeof refresh === "string") refreshToken = refresh;
      if (handsOut || typeof access === "string") headers = headersNow();
    },
    refreshBody: () => (refreshToken === null ? undefined : { refresh_token: refreshToken }),
  };
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}
