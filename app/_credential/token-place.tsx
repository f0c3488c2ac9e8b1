"use client";

import { useSyncExternalStore } from "react";
import type { CredentialView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, isRefreshToken, renews } from "../_browser/flow-info.ts";
import { isAccessToken, isKeptByPage } from "../_browser/tokens/held-tokens.ts";

/** Where a script of this page can find a value. `page memory`: in no storage and no readable cookie. */
type TokenLocation = "localStorage" | "sessionStorage" | "readable cookie" | "HttpOnly cookie" | "page memory";

const never = () => () => undefined;

/** Looks now, with the means of an injected script. `null` on the server, which cannot look. */
function useTokenLocation({ name, value }: Pick<CredentialView, "name" | "value">): TokenLocation | null {
  return useSyncExternalStore<TokenLocation | null>(
    never,
    () => {
      if (document.cookie.split("; ").some((pair) => pair.startsWith(`${name}=`))) return "readable cookie";
      if (!isKeptByPage({ name })) return "HttpOnly cookie";
      for (const storage of ["localStorage", "sessionStorage"] as const) {
        if (Object.values(areaOf(storage)).includes(value)) return storage;
      }
      return "page memory";
    },
    () => null,
  );
}

/** A browser that blocks site data throws when a script touches a storage. */
function areaOf(storage: "localStorage" | "sessionStorage"): Readonly<Record<string, string>> {
  try {
    return { ...window[storage] };
  } catch {
    return {};
  }
}

const sentences: Readonly<
  Record<TokenLocation, { readonly place: string; readonly script: string; readonly after: string }>
> = {
  "page memory": {
    place: "In a variable of this page.",
    script:
      "It is in neither document.cookie nor a storage. A script that stays in the page can still catch it when it is sent.",
    after: "A reload or a closed tab loses it. A refresh gets a new one.",
  },
  sessionStorage: {
    place: "In sessionStorage of this tab.",
    script: "A script of this page has just read it there.",
    after: "It survives a reload, but not a closed tab.",
  },
  localStorage: {
    place: "In localStorage.",
    script: "A script of this page has just read it there.",
    after: "It survives a reload, a closed tab and a restart of the browser. Every tab has it.",
  },
  "readable cookie": {
    place: "In the cookie jar.",
    script: "A script of this page has just read it in document.cookie.",
    after: "It survives a reload and a closed tab. Every tab has it.",
  },
  "HttpOnly cookie": {
    place: "In the cookie jar.",
    script: "No script of this page can read it.",
    after: "It survives a reload and a closed tab. Every tab has it.",
  },
};

const readable: readonly TokenLocation[] = ["localStorage", "sessionStorage", "readable cookie"];

/** For a token that the page keeps: its place, whether a script can read it, and what it survives. */
export function TokenPlaceSentence({ token }: { token: CredentialView }) {
  const found = useTokenLocation(token);
  if (found === null) return null;
  const { place, script, after } = sentences[found];
  return (
    <>
      {place} <span className={readable.includes(found) ? "text-warn" : undefined}>{script}</span> {after}
    </>
  );
}

type FlowCredentials = { readonly flow: FlowInfo; readonly credentials: readonly CredentialView[] };

/** The places of the held tokens, in a few words. */
export function PlacesNote({ flow, credentials }: FlowCredentials) {
  const access = credentials.find((credential) => !isRefreshToken(flow, credential));
  const jar = credentials.some(({ name }) => renews(flow, name));
  return (
    <>
      {access && <FoundWords token={access} />}
      {access && jar && isAccessToken(access) && " + "}
      {jar && (!access || isAccessToken(access)) && "cookie jar"}
    </>
  );
}

const words: Readonly<Record<TokenLocation, string>> = {
  "page memory": "page memory",
  sessionStorage: "sessionStorage, scripts can read it",
  localStorage: "localStorage, scripts can read it",
  "readable cookie": "cookie jar, scripts can read it",
  "HttpOnly cookie": "cookie jar, scripts cannot read it",
};

/** The place of one token, in a few words. */
export function FoundWords({ token }: { token: CredentialView }) {
  const found = useTokenLocation(token);
  if (found === null) return null;
  const { script } = sentences[found];
  return (
    <span title={script} className={readable.includes(found) ? "text-warn" : undefined}>
      {words[found]}
    </span>
  );
}

/** What the access token survives. Empty for flows without an access token. */
export function SurvivalLine({ flow, credentials }: FlowCredentials) {
  const access = credentials.find((credential) => !isRefreshToken(flow, credential));
  return access && flow.presents === "bearer" ? <After token={access} /> : null;
}

function After({ token }: { token: CredentialView }) {
  const found = useTokenLocation(token);
  return found && <p className="mb-1.25 text-2xs text-dim">{sentences[found].after}</p>;
}

/** The header that carries a credential to the server. */
export function carriedBy(name: string): string {
  return isAccessToken({ name }) ? "Authorization: Bearer" : `Cookie: ${name}`;
}
