import type { RefusalCode } from "../core/refusal.ts";
import { absorbCookies, cookieHeader, type HeldCookies } from "./cookies/held-cookies.ts";
import type { StepReport } from "./experiment.ts";

/** Sends a request and gets its answer: in process or over HTTP. The experiments do not know which. */
export type Transport = (request: Request) => Promise<Response>;

export type Reply = {
  readonly status: number;
  readonly code: RefusalCode | null;
  readonly body: Readonly<Record<string, unknown>>;
};

/** An answer that the client does not have yet: nothing of it is kept until it arrives. */
export type LateAnswer = { readonly reply: Reply; readonly arrive: () => void };

/** A person's client: the cookies that it holds, and variables for tokens that come in bodies. */
export type Device = {
  readonly cookies: HeldCookies;
  accessToken: string | null;
  refreshToken: string | null;
  send(...request: Asked): Promise<Reply>;
  /** The server has answered, and the client gets nothing of it before `arrive` is called. */
  holdBack(...request: Asked): Promise<LateAnswer>;
};

type Asked = readonly [method: "GET" | "POST" | "PATCH", path: string, body?: object];

export function createDevice(options: {
  transport: Transport;
  origin: string;
  cookies?: Iterable<readonly [string, string]>;
  accessToken?: string | null;
  refreshToken?: string | null;
  /** Headers of every request: another user agent, another node. */
  headers?: Readonly<Record<string, string>>;
}): Device {
  const cookies = new Map(options.cookies);
  const device: Device = {
    cookies,
    accessToken: options.accessToken ?? null,
    refreshToken: options.refreshToken ?? null,
    async send(...request) {
      const { reply, arrive } = await device.holdBack(...request);
      arrive();
      return reply;
    },
    async holdBack(method, path, body) {
      const headers = new Headers({ "user-agent": "loginscope-experiment/1", ...options.headers });
      const cookie = cookieHeader(cookies);
      if (cookie !== null) headers.set("cookie", cookie);
      if (device.accessToken) headers.set("authorization", `Bearer ${device.accessToken}`);
      if (body) headers.set("content-type", "application/json");
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const response = await options.transport(new Request(`${options.origin}${path}`, init));
      const reply = await replyOf(response);
      const arrive = () => {
        absorbCookies(cookies, response);
        if (typeof reply.body["access_token"] === "string") device.accessToken = reply.body["access_token"];
        if (typeof reply.body["refresh_token"] === "string") device.refreshToken = reply.body["refresh_token"];
      };
      return { reply, arrive };
    },
  };
  return device;
}

/** The refresh token that a client without a cookie jar sends in a body. */
export function refreshBody({ refreshToken }: Pick<Device, "refreshToken">): object | undefined {
  return refreshToken === null ? undefined : { refresh_token: refreshToken };
}

/** What was to be shown could not be tried. It says nothing for or against a claim. */
export class NotTried extends Error {}

/**
 * The answer, if it is a verdict on the credential: accepted, or refused by name. A broken server or a rate limit gives
 * no verdict, so those throw.
 */
export function judged(reply: Reply): Reply {
  const { status, code } = reply;
  if (isSuccess(reply) || (code !== null && status < 500 && status !== 429)) return reply;
  throw new NotTried(`A copy was answered ${status}${code ? ` ${code}` : ""}, which says nothing of whether it counts`);
}

export function isSuccess({ status }: Pick<Reply, "status">): boolean {
  return status >= 200 && status < 300;
}

/** The summary of an answer in a report. */
export function told(reply: Reply): Pick<StepReport, "status" | "code"> {
  return { status: reply.status, ...(reply.code && { code: reply.code }) };
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const body = text ? JSON.parse(text) : {};
  return { status: response.status, code: response.ok ? null : (body.code ?? null), body };
}
