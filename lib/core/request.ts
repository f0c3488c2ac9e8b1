import type { CookieJar } from "./cookie.ts";

/** The parts of a request that carry credentials, and its apparent sender. */
export type FlowRequest = {
  readonly cookies: CookieJar;
  /** The bearer token of an `Authorization` header; empty: the header has another scheme. */
  readonly bearer?: string;
  readonly refreshToken?: string;
  readonly client: Client;
};

export type Client = { readonly ip: string; readonly userAgent: string; readonly device: string };
