import { type CookieAttributes, type CookieJar, fitsIntoCookie } from "../core/cookie.ts";
import type { Asked, AuthFlow } from "../core/flow.ts";
import type { Grant, LoginOptions, Principal } from "../core/login.ts";
import type { FlowRequest } from "../core/request.ts";
import { ok, type Result } from "../core/result.ts";
import type { LoginData } from "../core/session-data.ts";

export type SetCookie = { readonly name: string; readonly value: string; readonly attributes: CookieAttributes };

/** A client of one flow: a cookie jar, and variables for the tokens that come in bodies. */
export type Browser = {
  readonly cookies: Map<string, string>;
  accessToken: string | null;
  /** For a native client, which keeps it itself. */
  refreshToken: string | null;
  /** All cookies that were set so far, oldest first. */
  readonly received: readonly SetCookie[];
  logIn(username: string, password: string, options?: Partial<LoginOptions>): Promise<Result<Grant>>;
  authenticate(how?: Asked): Promise<Result<Principal>>;
  reissue(principal: Principal): Promise<Result<Grant>>;
  refresh(): Promise<Result<Grant>>;
  logOut(): Promise<Result<null>>;
  /** Reads or changes this login's session data, in one request. */
  withData<T>(act: (data: LoginData) => Promise<T>): Promise<Result<T>>;
  /** A thief's browser, with copies of all that this one holds. */
  copy(): Browser;
};

const client = { ip: "192.0.2.7", userAgent: "Mozilla/5.0 (test)", device: "a test" } as const;

/** Sends each request to the current flow with a jar of its own, and keeps the cookies of its answer. */
export function createBrowser(
  flow: () => AuthFlow,
  held: Pick<Browser, "accessToken" | "refreshToken" | "cookies"> | null = null,
): Browser {
  const cookies = new Map(held?.cookies);
  const received: SetCookie[] = [];

  async function send<T>(act: (flow: AuthFlow, request: FlowRequest) => Promise<Result<T>>): Promise<Result<T>> {
    const { jar, lines } = openJar(cookies);
    const { accessToken, refreshToken } = browser;
    const answer = await act(flow(), {
      cookies: jar,
      client,
      ...(accessToken && { bearer: accessToken }),
      ...(refreshToken && { refreshToken }),
    });
    for (const line of lines.values()) {
      received.push(line);
      if (line.attributes.maxAge === 0) cookies.delete(line.name);
      else cookies.set(line.name, line.value);
    }
    return answer;
  }

  async function take(granting: Promise<Result<Grant>>): Promise<Result<Grant>> {
    const grant = await granting;
    if (!grant.ok) return grant;
    browser.accessToken = grant.value.accessToken?.value ?? null;
    browser.refreshToken = grant.value.refreshToken?.value ?? null;
    return grant;
  }

  const browser: Browser = {
    cookies,
    accessToken: held?.accessToken ?? null,
    refreshToken: held?.refreshToken ?? null,
    received,
    logIn: (username, password, options) =>
      take(send((to, request) => to.login(request, { username, password }, { client: "browser", ...options }))),
    authenticate: (how) => send((to, request) => to.authenticate(request, how)),
    reissue: (principal) => take(send((to, request) => to.reissue(request, principal))),
    refresh: () => take(send((to, request) => to.refresh?.(request) ?? unsupported())),
    logOut: () => send((to, request) => to.logout(request)),
    withData: (act) =>
      send(async (to, request) => {
        const data = (await to.data?.(request)) ?? unsupported();
        return data.ok ? ok(await act(data.value)) : data;
      }),
    copy: () => createBrowser(flow, browser),
  };
  return browser;
}

/** A cookie that was set in a request is visible in it; the last one of a name wins. */
function openJar(cookies: ReadonlyMap<string, string>): {
  readonly jar: CookieJar;
  readonly lines: ReadonlyMap<string, SetCookie>;
} {
  const seen = new Map(cookies);
  const lines = new Map<string, SetCookie>();
  return {
    lines,
    jar: {
      fits: fitsIntoCookie,
      get(name) {
        const value = seen.get(name);
        return value ? { name, value } : undefined;
      },
      set(name, value, attributes) {
        // A flow hands over its whole spec, name included.
        const { name: _, ...rest } = { name, ...attributes };
        seen.set(name, value);
        lines.set(name, { name, value, attributes: rest });
      },
    },
  };
}

function unsupported(): never {
  throw new Error("This flow has no such operation");
}
