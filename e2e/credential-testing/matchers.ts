import { type BrowserContext, expect as base, type Cookie } from "@playwright/test";
import type { Captured } from "./capture.ts";
import type { Answer } from "./replay.ts";

/** The expected attributes of a cookie. Attributes that are left out may have any value. */
export type CookieExpectation = {
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: "Strict" | "Lax" | "None";
  readonly path?: string;
  /** As the browser stores it: with a leading dot if subdomains get the cookie too. */
  readonly domain?: string;
  /** The remaining lifetime, within ten seconds. `session`: a session cookie. */
  readonly maxAgeSeconds?: number | "session";
};

/** Time passes between the answer that set a cookie and the check. */
const toleranceSeconds = 10;

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Playwright's `expect` with matchers for credentials. */
export const expect = base.extend({
  /** For a browser context or a capture: it has a cookie with this name and these attributes. Checks once. */
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

  /** For an answer: 2xx. */
  toBeAccepted(received: Answer) {
    const pass = received.status >= 200 && received.status < 300;
    return {
      name: "toBeAccepted",
      pass,
      message: () => `Expected the credential to be ${pass ? "refused" : "accepted"}. Answered: ${told(received)}.`,
    };
  },

  /**
   * For an answer: 4xx, or a redirect, for example to a login
   * page. A failure of the application (5xx) is not a refusal.
   */
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
