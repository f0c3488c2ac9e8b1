import type { CookieJar } from "./cookie.ts";

/** The parts of a request that carry credentials, and its apparent sender. */
export type FlowRequest = {
  readonly cookies: CookieJar;
  /** The token of an `Authorization: Bearer` header; empty: it has no token. Absent: another scheme, or no header. */
  readonly bearer?: string;
  readonly refreshToken?: string;
  readonly client: Client;
};

export type Client = { readonly ip: string; readonly userAgent: string; readonly device: string };
