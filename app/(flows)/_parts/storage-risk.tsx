import { type TokenStorage, traitsOf } from "@/lib/core/token-storage.ts";

const places: Readonly<Record<TokenStorage, string>> = {
  memory: "a variable of the page",
  "session-storage": "sessionStorage, of this tab",
  "local-storage": "localStorage, with the refresh token",
  "script-cookie": "a cookie that scripts read",
  "http-only-cookie": "an HttpOnly cookie",
};

/**
 * For each place: what an injected script can do with the
 * token, and whether another site can make the browser send it.
 */
const risks: Readonly<Record<TokenStorage, string>> = {
  memory: "A script in the page finds it in no storage and no cookie. It can wait and catch the token when it is sent.",
  "session-storage":
    "A script in the page reads it with one line and sends it elsewhere. The copy works anywhere until its exp.",
  "local-storage":
    "A script in the page reads both with one line. With the refresh token a thief stays logged in elsewhere, even after this browser is closed.",
  "script-cookie":
    "A script in the page reads it with one line, so XSS can steal it. The browser also sends it automatically, so CSRF protection is needed too.",
  "http-only-cookie":
    "A script in the page cannot read it and can only send requests while the page is open. The browser sends it automatically, so CSRF protection is needed.",
};

/** The place of the access token for this variant, and its risk. */
export function StorageRisk({ storage }: { storage: TokenStorage }) {
  const { survives } = traitsOf(storage);
  return (
    <div className="mt-2.5 border-t border-line pt-2.5 text-13">
      <p>
        <span className="text-dim">Access token in</span> <strong className="font-medium">{places[storage]}</strong>
      </p>
      <p className="mt-1 text-dim">{risks[storage]}</p>
      <p className="mt-1 text-xs text-dim">
        After a reload {survives.reload ? "it is still there" : "it is gone"}; in a new tab{" "}
        {survives.closedTab ? "it is there too" : "there is none"}.
      </p>
    </div>
  );
}
