import { cookiePrefixes } from "../cookies/cookie-prefix.ts";
import type { Setting, SettingOption, SettingPlace, SettingValue } from "./setting.ts";

const always = () => true;

/** RFC 1123 §2.1, RFC 1035 §2.3.4: labels of 1 to 63 letters, digits and hyphens, none of these at an end. */
const hostName = /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/i;
const longestHostName = 253;
const longestLabel = 63;

function isHostName(text: string): boolean {
  return hostName.test(text) && text.split(".").every(({ length }) => length <= longestLabel);
}

/** The flow's own attribute, in words. */
function own(
  { flow }: SettingPlace,
  attribute: "sameSite" | "secure" | "httpOnly" | "path" | "domain" | "partitioned",
) {
  const value = flow.cookies[0]?.[attribute];
  if (value === undefined || value === false) return attribute === "sameSite" ? "none given" : "no";
  return value === true ? "yes" : String(value);
}

function flag(attribute: "secure" | "httpOnly" | "partitioned") {
  return (place: SettingPlace): readonly SettingOption[] => [
    { value: null, label: `as the flow: ${own(place, attribute)}` },
    { value: true, label: "yes" },
    attribute === "partitioned" ? { value: false, label: "no" } : { value: false, label: "no", weaker: true },
  ];
}

function isOn(value: SettingValue, place: SettingPlace, attribute: "secure" | "httpOnly" | "partitioned"): boolean {
  return value === null ? own(place, attribute) === "yes" : value === true;
}

const sameSiteMeans: Readonly<Record<string, string>> = {
  strict: "Goes along only when this site itself asks; a link from elsewhere arrives logged out.",
  lax: "Stays home when another site asks, but for links that a person follows.",
  none: "Goes along whoever asks, so every change needs a defence of its own. Wants Secure.",
  omitted: "The browser decides: Lax in Chromium, but not in its first two minutes.",
};

const prefixMeans: Readonly<Record<string, string>> = {
  "": "The name promises nothing: a sibling host or plain http may have set it.",
  "__Secure-": "A browser takes it only with Secure.",
  "__Host-": "A browser takes it only with Secure, Path=/ and no Domain, so no other host can have set it.",
  "__Http-": "A browser takes it only with Secure and HttpOnly, so no script can have set it.",
  "__Host-Http-": "What __Host- and __Http- promise, together.",
};

/** The attributes of the flows' cookies in this lab. `null`: the flow's own. */
export const cookieSettings = {
  sameSite: {
    // `strict` is what RFC 10017 6.1 strict asks for.
    takes: { kind: "choice", of: ["omitted", "none", "lax", "strict"] },
    usual: null,
    document: {
      usual: "as the flow",
      does: "who may make the browser send it; `none` wants `Secure`, and leaves every change to other defences; `omitted` sends no such attribute",
    },
    name: "SameSite",
    group: "Cookies",
    concerns: always,
    options: (place) => [
      { value: null, label: `as the flow: ${own(place, "sameSite")}` },
      { value: "strict", label: "Strict" },
      { value: "lax", label: "Lax" },
      { value: "none", label: "None", weaker: true },
      { value: "omitted", label: "none given", weaker: true },
    ],
    means: (value, place) => sameSiteMeans[value === null ? own(place, "sameSite") : String(value)] ?? "",
  },
  secure: {
    takes: { kind: "flag" },
    usual: null,
    document: { does: "https only. Without it the network may have it" },
    name: "Secure",
    group: "Cookies",
    concerns: always,
    options: flag("secure"),
    means: (value, place) =>
      isOn(value, place, "secure")
        ? "Goes only over https, or to this machine itself."
        : "It also travels over plain http, for anybody on the way to read. A prefix that wants Secure is refused.",
  },
  httpOnly: {
    takes: { kind: "flag" },
    usual: null,
    document: { does: "no script reads it. Without it any script may have it" },
    name: "HttpOnly",
    group: "Cookies",
    concerns: always,
    options: flag("httpOnly"),
    means: (value, place) =>
      isOn(value, place, "httpOnly")
        ? "No script can read it."
        : "Any script on the page can read it and send it away.",
  },
  path: {
    takes: {
      kind: "text",
      longest: 200,
      // RFC 6265bis §4.1.1 also takes a `<`; the library that writes our cookies does not.
      like: (text) => /^\/[!-:=-~]*$/.test(text),
      refused: "must begin with / and have neither spaces nor ; nor <",
    },
    usual: null,
    document: { does: "the addresses that it goes to. It protects nothing" },
    name: "Path",
    group: "Cookies",
    concerns: always,
    options: (place) => [
      { value: null, label: `as the flow: ${own(place, "path")}` },
      { value: `/api/${place.flow.id}`, label: `/api/${place.flow.id}` },
      { value: "/elsewhere", label: "/elsewhere", weaker: true },
    ],
    other: { type: "text", label: "path", hint: "begins with /" },
    means: (value, place) =>
      (value ?? own(place, "path")) === "/"
        ? "Goes to every address of this host."
        : `Goes only to addresses under ${value}. No protection: a script can read it through a frame of that path. With __Host- it is refused.`,
  },
  domain: {
    takes: {
      kind: "text",
      longest: longestHostName,
      like: isHostName,
      refused: "must be a host name: labels of at most 63 letters, digits and hyphens",
    },
    usual: null,
    document: { does: "the hosts that it goes to. It shares the cookie with every host below" },
    name: "Domain",
    group: "Cookies",
    concerns: always,
    options: () => [
      { value: null, label: "none: this host only" },
      { value: "example.org", label: "example.org", weaker: true },
    ],
    other: { type: "text", label: "domain", hint: "a host name" },
    means: (value) =>
      value === null
        ? "Goes to this host and no other."
        : `Goes to ${value} and all of its subdomains; refused where ${value} does not cover this host, and with __Host-.`,
  },
  prefix: {
    // `""`: no prefix, so the name promises no attributes. `__Host-Http-` is what RFC 10017 6.1 prefix asks for.
    takes: { kind: "choice", of: ["", ...cookiePrefixes] },
    usual: null,
    document: {
      does: "the flow's cookie under another name; while anything is chosen about cookies, what was set under another one is still found; with all as usual, only the flow's own name counts",
    },
    name: "Prefix of the name",
    group: "Cookies",
    concerns: always,
    options: ({ flow }) => [
      { value: null, label: `as the flow: ${prefixOf(flow.cookies[0]?.name ?? "") || "none"}` },
      ...cookiePrefixes.map((value): SettingOption => ({ value, label: value })),
      { value: "", label: "none", weaker: true },
    ],
    means: (value, { flow }) =>
      value === null
        ? `${prefixMeans[prefixOf(flow.cookies[0]?.name ?? "")]} With default settings, only this name counts.`
        : (prefixMeans[String(value)] ?? ""),
  },
  partitioned: {
    takes: { kind: "flag" },
    usual: null,
    document: { does: "a jar for each embedding site" },
    name: "Partitioned",
    group: "Cookies",
    concerns: always,
    options: flag("partitioned"),
    means: (value, place) =>
      isOn(value, place, "partitioned")
        ? "Kept apart for each site that embeds this one. Wants Secure."
        : "One jar, whichever site embeds this one, where the browser lets it.",
  },
  maxAge: {
    takes: {
      kind: "count-or",
      least: 0,
      most: 100_000_000,
      or: "session",
      refused: "must be seconds, or session",
    },
    usual: null,
    document: {
      usual: "as long as the login",
      does: "seconds, whatever the login's own end is; `session` ends with the browser, also where a login is remembered",
    },
    name: "Max-Age",
    group: "Cookies",
    concerns: always,
    options: () => [
      { value: null, label: "as long as the login" },
      { value: "session", label: "ends with the browser" },
      { value: 60, label: "60 s" },
      { value: 7 * 86_400, label: "7 days" },
      { value: 31 * 86_400, label: "31 days" },
      { value: 400 * 86_400, label: "400 days", weaker: true },
    ],
    other: { type: "number", label: "seconds", hint: "0 deletes it at once" },
    means: maxAgeMeans,
  },
} as const satisfies Readonly<Record<string, Setting>>;

function maxAgeMeans(value: SettingValue, { inWords }: SettingPlace): string {
  if (value === null) return "Given only where a login is remembered; otherwise it ends with the browser.";
  if (value === "session")
    return "No Max-Age, also where a login is remembered. A browser that restores its tabs keeps it.";
  const lives = typeof value === "number" ? inWords(value * 1000) : `${value} s`;
  return `The browser deletes it after ${lives}, or 400 days if that is less. When the login ends is the server’s decision.`;
}

function prefixOf(name: string): string {
  return cookiePrefixes.find((prefix) => name.startsWith(prefix)) ?? "";
}
