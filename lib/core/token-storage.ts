/** Where a browser keeps an access token: in a variable of the page, in a storage that its scripts read, or in a cookie that they can or cannot. */
export type TokenStorage = "memory" | "session-storage" | "local-storage" | "script-cookie" | "http-only-cookie";

/** The consequences of a place for tokens. A test in a real browser tries each of them. */
export type StorageTraits = {
  /** In a cookie, which the browser sends by itself; otherwise the page writes a header. */
  readonly inCookie: boolean;
  /** A script of the page can read it, in `document.cookie` or in a storage. */
  readonly readable: boolean;
  /** The refresh token is kept beside it; otherwise the refresh token is in an HttpOnly cookie. */
  readonly withRefreshToken: boolean;
  /** The events that it survives, without asking the server. */
  readonly survives: { readonly reload: boolean; readonly closedTab: boolean };
};

const gone = { reload: false, closedTab: false };
const kept = { reload: true, closedTab: true };

const traits: Readonly<Record<TokenStorage, StorageTraits>> = {
  memory: { inCookie: false, readable: false, withRefreshToken: false, survives: gone },
  "session-storage": {
    inCookie: false,
    readable: true,
    withRefreshToken: false,
    survives: { reload: true, closedTab: false },
  },
  "local-storage": { inCookie: false, readable: true, withRefreshToken: true, survives: kept },
  "script-cookie": { inCookie: true, readable: true, withRefreshToken: false, survives: kept },
  "http-only-cookie": { inCookie: true, readable: false, withRefreshToken: false, survives: kept },
};

/** The place of a variant that names none: memory. */
export function traitsOf(storage: TokenStorage = "memory"): StorageTraits {
  return traits[storage];
}
