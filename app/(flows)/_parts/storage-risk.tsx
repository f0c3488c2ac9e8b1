import { type TokenStorage, traitsOf } from "@/lib/core/token-storage.ts";

const places: Readonly<Record<TokenStorage, string>> = {
  memory: "a variable of the page",
  "session-storage": "sessionStorage, of this tab",
  "local-storage": "localStorage, with the refresh token",
  "script-cookie": "a cookie that scripts read",
  "http-only-cookie": "an HttpOnly cookie",
};

/** One sentence each: what somebody who gets a script into the page has of it, and who else can send it. */
const risks: Readonly<Record<TokenStorage, string>> = {
  memory: "A script in the page finds it in no storage and no cookie, but can stay and catch it as it is sent.",
  "session-storage":
    "A script in the page reads it with one line and takes it away; it then counts anywhere, to its exp.",
  "local-storage":
    "A script in the page reads both with one line; with the refresh token a thief stays logged in elsewhere, after this browser has gone.",
  "script-cookie":
    "A script in the page reads it with one line, and the browser sends it by itself: XSS takes it away, and CSRF has to be kept off besides.",
  "http-only-cookie":
    "A script in the page cannot take it away, only send requests while the page is open; the browser sends it by itself, so CSRF has to be kept off.",
};

/** Where this variant keeps the access token, and what that risks. */
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
