import type { CookieJar } from "./cookie.ts";

/** What credentials travel in, and who seems to send them. */
export type FlowRequest = {
  readonly cookies: CookieJar;
  /** What an `Authorization` header brought; empty: one that is no bearer token. */
  readonly bearer?: string;
  readonly refreshToken?: string;
  readonly client: Client;
};

export type Client = { readonly ip: string; readonly userAgent: string; readonly device: string };
