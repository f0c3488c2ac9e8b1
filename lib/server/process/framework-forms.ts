import type { IncomingMessage } from "node:http";
import type { Objection } from "../../http/objection.ts";

/** What a page of Next.js sends when it fetches another one. No address of the API takes them. */
const ofNavigation = [
  "rsc",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "next-hmr-refresh",
  "next-url",
];
/** `proxy.ts` makes the nonce. This application has no server actions. */
const neverFromOutside = ["x-nonce", "next-action"];
/**
 * Files are sent whole, which RFC 9110 §14.2 allows. Next.js answers a part that is not there (416) and a condition that does not
 * hold (412) with a fault. The condition under which a browser has the file already, `If-None-Match`, stays.
 */
const ofParts = ["range", "if-range", "if-match", "if-unmodified-since"];
/** Deeper than any tree of pages here. */
const deepest = 32;

/**
 * Refuses requests that Next.js would answer in its own way. Deletes headers that a client may not send there.
 * `null`: the request may go on. `development`: `next dev` has addresses of its own that take a POST.
 */
export function objectionToForm(request: IncomingMessage, { development = false }): Objection | null {
  const { url = "", headers, method = "GET" } = request;
  const path = url.split("?")[0] ?? "";
  for (const name of [...neverFromOutside, ...ofParts]) delete headers[name];
  // It would be redirected to the address without them, which may be one of the API. Browsers take them out themselves.
  if (hasDotSegment(path)) return { code: "NOT_FOUND" };
  if (isData(path)) {
    for (const name of ofNavigation) delete headers[name];
    // Next.js would redirect it to another address, with an answer of its own.
    return hasSlashTooMany(path) || /^\/[^/]+$/.test(path) ? { code: "NOT_FOUND" } : null;
  }
  const ownOfDev = development && /^\/_(?:next|_nextjs)/.test(path);
  if (method !== "GET" && method !== "HEAD" && !ownOfDev) return { code: "METHOD_NOT_ALLOWED", allow: "GET, HEAD" };
  const tree = headers["next-router-state-tree"];
  if (tree === undefined || isReadable(tree)) return null;
  return { code: "BAD_REQUEST", detail: "Next-Router-State-Tree is not what a page of this application sends." };
}

/** An address of data. As it is once slashes are put in order: those addresses are not pages either. */
export function isData(path: string): boolean {
  return /^[/\\]+(?:api|\.well-known)(?:[/\\]|$)/.test(path);
}

/** Next.js redirects it to the address with its slashes in order. */
export function hasSlashTooMany(path: string): boolean {
  return path !== "/" && /[/\\]{2}|\\|\/$/.test(path);
}

/** RFC 3986 §5.2.4, also percent-encoded. */
function hasDotSegment(path: string): boolean {
  return path.split(/[/\\]/).some((segment) => [".", ".."].includes(segment.replaceAll(/%2e/gi, ".")));
}

function isReadable(header: string | string[]): boolean {
  try {
    const tree: unknown = JSON.parse(decodeURIComponent(String(header)));
    return isTree(tree, 0);
  } catch {
    return false;
  }
}

/** The segment, its children by name, and what a page adds for itself. */
function isTree(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || value.length > 6 || depth > deepest) return false;
  const [segment, children, redirect = null, marker = null, hint = null, last = ""]: readonly unknown[] = value;
  return (
    isSegment(segment) &&
    typeof children === "object" &&
    children !== null &&
    !Array.isArray(children) &&
    Object.values(children).every((child) => isTree(child, depth + 1)) &&
    (redirect === null || (isTexts(redirect) && redirect.length === 2)) &&
    (marker === null || ["refetch", "inside-shared-layout", "metadata-only"].includes(String(marker))) &&
    (hint === null || typeof hint === "number") &&
    typeof last === "string"
  );
}

function isSegment(value: unknown): boolean {
  if (typeof value === "string") return true;
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, key, kind, siblings]: readonly unknown[] = value;
  const isKind = typeof kind === "string" && /^(?:c|oc|d|[cd]i\((?:\.{1,3}|\.\.\)\(\.\.)\))$/.test(kind);
  return isTexts([name, key]) && isKind && (siblings === null || isTexts(siblings));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
