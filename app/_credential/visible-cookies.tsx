"use client";

import { useSyncExternalStore } from "react";
import type { SentCookie } from "../_exchanges/set-cookie.ts";

const never = () => () => undefined;

/** The names in `document.cookie`. `null` on the server, which cannot look. */
function useDocumentCookie(): string | null {
  return useSyncExternalStore<string | null>(
    never,
    () => document.cookie,
    () => null,
  );
}

type Readable = { readonly cookie: string; readonly sent: SentCookie | undefined };

/** Whether scripts can read a cookie that the server received. The page tries it. */
export function useScriptsCanRead(name: string): boolean | null {
  const cookies = useDocumentCookie();
  if (cookies === null) return null;
  return cookies.split("; ").some((pair) => pair.startsWith(`${name}=`));
}

export function ScriptAccess({ cookie, sent }: Readable) {
  const readable = useScriptsCanRead(cookie);
  if (readable === null) return null;
  const why = readable
    ? "document.cookie lists it, so any script on this page has it."
    : `The server received it, and document.cookie does not list it.${sent?.httpOnly ? " Its Set-Cookie said HttpOnly." : ""}`;
  return (
    <span title={why} className={readable ? "text-warn" : undefined}>
      {readable ? "scripts can read it" : "scripts cannot read it"}
    </span>
  );
}
