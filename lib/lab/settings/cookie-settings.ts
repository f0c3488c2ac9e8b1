import { cookiePrefixes } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { SettingPath, SettingValue } from "@/lib/lab/settings/setting-paths.ts";
import { duration } from "../../../app/_ui/format-time.ts";
import type { SettingDescription, SettingOption, SettingPlace } from "./setting.ts";

const always = () => true;

/** What the flow itself sends, in words. */
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

/** What may be chosen about the flows' cookies. */
export const cookieSettings: Readonly<Record<Extract<SettingPath, `cookies.${string}`>, SettingDescription>> = {
  "cookies.sameSite": {
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
  "cookies.secure": {
    name: "Secure",
    group: "Cookies",
    concerns: always,
    options: flag("secure"),
    means: (value, place) =>
      isOn(value, place, "secure")
        ? "Goes only over https, or to this machine itself."
        : "It also travels over plain http, for anybody on the way to read. A prefix that wants Secure is refused.",
  },
  "cookies.httpOnly": {
    name: "HttpOnly",
    group: "Cookies",
    concerns: always,
    options: flag("httpOnly"),
    means: (value, place) =>
      isOn(value, place, "httpOnly")
        ? "No script can read it."
        : "Any script on the page can read it and send it away.",
  },
  "cookies.prefix": {
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
        ? `${prefixMeans[prefixOf(flow.cookies[0]?.name ?? "")]} With everything as usual, only this name counts.`
        : (prefixMeans[String(value)] ?? ""),
  },
  "cookies.path": {
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
  "cookies.domain": {
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
  "cookies.partitioned": {
    name: "Partitioned",
    group: "Cookies",
    concerns: always,
    options: flag("partitioned"),
    means: (value, place) =>
      isOn(value, place, "partitioned")
        ? "Kept apart for each site that embeds this one. Wants Secure."
        : "One jar, whichever site embeds this one, where the browser lets it.",
  },
  "cookies.maxAge": {
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
};

function maxAgeMeans(value: SettingValue): string {
  if (value === null) return "Given only where a login is remembered; otherwise it ends with the browser.";
  if (value === "session")
    return "No Max-Age, also where a login is remembered. A browser that restores its tabs keeps it.";
  const lives = duration(Number(value) * 1000);
  return `The browser deletes it after ${lives}, or 400 days if that is less. When the login ends is the server’s decision.`;
}

function prefixOf(name: string): string {
  return cookiePrefixes.find((prefix) => name.startsWith(prefix)) ?? "";
}
