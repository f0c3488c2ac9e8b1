import { type BrowserContext, expect as base, type Cookie } from "@playwright/test";
import type { Captured } from "./capture.ts";
import type { Answer } from "./replay.ts";

/** What a cookie must be like; what is left out may be anything. */
export type CookieExpectation = {
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: "Strict" | "Lax" | "None";
  readonly path?: string;
  /** As the browser keeps it: with a leading dot where other hosts below it get the cookie too. */
  readonly domain?: string;
  /** What is left of it now, within ten seconds; `session`: it ends with the browser. */
  readonly maxAgeSeconds?: number | "session";
};

/** Between the answer that set a cookie and the look at it, time goes by. */
const toleranceSeconds = 10;

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Playwright's `expect`, with what a tester of credentials asks. */
export const expect = base.extend({
  /** Of a browser context or a capture: it holds a cookie of that name, with these attributes. Looks once. */
  async toHaveCookie(received: BrowserContext | Captured, name: string, wanted: CookieExpectation = {}) {
    const cookies = "pages" in received ? await received.cookies() : received.cookies;
    const found = cookies.filter((cookie) => cookie.name === name);
    const faults = found.map((cookie) => faultsOf(cookie, wanted));
    const pass = faults.some((each) => each.length === 0);
    const held = cookies.map((cookie) => cookie.name).join(", ") || "none";
    return {
      name: "toHaveCookie",
      pass,
      message: () => {
        if (pass) return `Expected no cookie ${name}${inWords(wanted)}, and there is one.`;
        if (found.length === 0) return `Expected a cookie ${name}. Held: ${held}.`;
        return `Expected a cookie ${name}${inWords(wanted)}. It differs: ${faults.map((each) => each.join(", ")).join("; or ")}.`;
      },
    };
  },

  /** Of an answer: 2xx. */
  toBeAccepted(received: Answer) {
    const pass = received.status >= 200 && received.status < 300;
    return {
      name: "toBeAccepted",
      pass,
      message: () => `Expected the credential to be ${pass ? "refused" : "accepted"}. Answered: ${told(received)}.`,
    };
  },

  /** Of an answer: 4xx, or a redirect, as to a login page. An application that breaks (5xx) has refused nothing. */
  toBeRefused(received: Answer, wanted: { readonly status?: number; readonly code?: string } = {}) {
    const { status, code } = received;
    const turnedAway = redirects.has(status) || (status >= 400 && status < 500);
    const pass =
      turnedAway && status === (wanted.status ?? status) && (wanted.code === undefined || code === wanted.code);
    const how = [wanted.status, wanted.code].filter((each) => each !== undefined).join(" ");
    return {
      name: "toBeRefused",
      pass,
      message: () =>
        `Expected the credential ${pass ? "not " : ""}to be refused${how && ` with ${how}`}. Answered: ${told(received)}.`,
    };
  },
});

function told({ status, code }: Answer): string {
  return code === null ? `${status}` : `${status} ${code}`;
}

function inWords(wanted: CookieExpectation): string {
  const words = Object.entries(wanted).map(([name, value]) => `${name} ${value}`);
  return words.length === 0 ? "" : ` with ${words.join(", ")}`;
}

function faultsOf(cookie: Cookie, { maxAgeSeconds, ...wanted }: CookieExpectation): readonly string[] {
  const { httpOnly, secure, sameSite, path, domain } = cookie;
  const stored: Readonly<Record<string, unknown>> = { httpOnly, secure, sameSite, path, domain };
  const faults = Object.entries(wanted)
    .filter(([name, value]) => value !== undefined && stored[name] !== value)
    .map(([name]) => `${name} is ${stored[name]}`);
  const left = cookie.expires === -1 ? "session" : Math.round(cookie.expires - Date.now() / 1000);
  return isAge(left, maxAgeSeconds) ? faults : [...faults, `maxAgeSeconds is ${left}`];
}

function isAge(left: number | "session", wanted: CookieExpectation["maxAgeSeconds"]): boolean {
  if (wanted === undefined || wanted === left) return true;
  return typeof wanted === "number" && typeof left === "number" && Math.abs(left - wanted) <= toleranceSeconds;
}
