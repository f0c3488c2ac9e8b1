"use client";

import { useEffect, useSyncExternalStore } from "react";
import useSWR from "swr";
import { accessToken, onAccessToken } from "../../_browser/tokens/access-token.ts";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import { type Fact, Facts } from "../../_ui/pane.tsx";

/** The names that were found, or a sentence where the browser allows no access. */
type Names = readonly string[] | "forbidden" | "not in this browser";
type ScriptFindings = Readonly<Record<"documentCookie" | "cookieStore" | "localStorage" | "sessionStorage", Names>>;

/** Shows what a script of this page can read. It tries to read now, and again when the held credentials change. */
export function ScriptView({ changed }: { changed: string }) {
  const found = useScriptFindings(changed);
  const token = useSyncExternalStore(onAccessToken, accessToken, () => null);
  if (!found) return null;
  const facts: readonly Fact[] = [
    ["document.cookie", names(found.documentCookie)],
    ["cookieStore", names(found.cookieStore)],
    ["localStorage", names(found.localStorage)],
    ["sessionStorage", names(found.sessionStorage)],
    [
      "page memory",
      token === null ? (
        "no token"
      ) : (
        <span key="token" className="text-warn">
          the access token
        </span>
      ),
    ],
  ];
  return (
    <Disclosure
      summary="What a script of this page can read, tried just now"
      className="mt-2 border-t border-dashed border-line pt-1"
    >
      <Facts facts={facts} wide />
    </Disclosure>
  );
}

function names(list: Names) {
  if (typeof list === "string") return list;
  return list.length === 0 ? <span className="text-dim">nothing</span> : list.join(", ");
}

function useScriptFindings(changed: string): ScriptFindings | undefined {
  const { data, mutate } = useSWR(["as a script of this page", changed], readAsScript, {
    keepPreviousData: true,
    dedupingInterval: 0,
  });
  useEffect(() => {
    const look = () => void mutate();
    window.cookieStore?.addEventListener("change", look);
    addEventListener("storage", look);
    return () => {
      window.cookieStore?.removeEventListener("change", look);
      removeEventListener("storage", look);
    };
  }, [mutate]);
  return data;
}

async function readAsScript(): Promise<ScriptFindings> {
  return {
    documentCookie: await tried(() =>
      document.cookie.split("; ").flatMap((pair) => (pair === "" ? [] : (pair.split("=")[0] ?? []))),
    ),
    cookieStore: await tried(async () => {
      const all = await window.cookieStore?.getAll();
      return all ? all.flatMap(({ name }) => name ?? []) : "not in this browser";
    }),
    localStorage: await tried(() => Object.keys(localStorage)),
    sessionStorage: await tried(() => Object.keys(sessionStorage)),
  };
}

/** A browser that blocks site data throws when a script touches a storage. */
async function tried(look: () => Names | Promise<Names>): Promise<Names> {
  try {
    return await look();
  } catch {
    return "forbidden";
  }
}
