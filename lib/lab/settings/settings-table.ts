import { lifetimePresets, presetNames } from "../../core/time.ts";
import { sessionIdIn } from "../cookies/session-id.ts";
import { cookieSettings } from "./cookie-settings.ts";
import type { SettingOption, SettingPlace, SettingRows, SettingValue } from "./setting.ts";

const always = () => true;
const keepsRecords = ({ variant }: SettingPlace) => variant !== undefined && variant.settings.store !== null;
const makesTokens = ({ variant }: SettingPlace) => variant !== undefined && variant.settings.algorithm !== null;
const remembers = ({ flow }: SettingPlace) => flow.presents === "cookie";
/** Does each request ask a store of this application? A session service asks its own store anew. */
const asksStore = ({ variant }: SettingPlace) => {
  if (variant === undefined) return false;
  const { revocation, algorithm, encoding, proof } = variant.settings;
  if (revocation !== "none" || encoding === "plain") return true;
  if (encoding !== null) return false;
  return proof === null ? algorithm === null : !["token-renewed-by-record", "id-introspected"].includes(proof);
};
const readable = ({ variant }: SettingPlace) =>
  variant !== undefined &&
  (variant.settings.algorithm !== null ||
    (variant.settings.encoding !== null && variant.settings.encoding !== "sealed"));

const strictnesses = ["off", "warn", "enforce"] as const;
const strictness = {
  takes: { kind: "choice", of: strictnesses },
  usual: "off",
  group: "Records",
  concerns: keepsRecords,
  options: (): readonly SettingOption[] => strictnesses.map((value) => ({ value, label: value })),
} as const;

function strictnessMeans(value: SettingValue, what: string, risk: string): string {
  if (value === "warn") return `A login from another ${what} gets in, and “client-changed” stands in the audit.`;
  if (value === "enforce")
    return `A login from another ${what} is CLIENT_CHANGED, and “client-refused” stands in the audit. ${risk}`;
  return `Nobody compares the ${what}. A copied credential works from anywhere.`;
}

function lifetimesMean(value: SettingValue, { inWords }: SettingPlace): string {
  const preset = presetNames.find((name) => name === value);
  if (!preset) return "";
  const { idle, absolute, access, refresh } = lifetimePresets[preset];
  return `Idle ${inWords(idle)}, at the latest ${inWords(absolute)}; access token ${inWords(access)}, refresh token ${inWords(refresh)}. The longer, the longer a stolen one works.`;
}

/**
 * The table of a lab's settings, in the order in which they are stored and answered. The types, the usual values, the
 * body of `PATCH /api/lab/settings`, the page and the table of docs/http.md derive from it.
 */
export const settingsTable = {
  lifetimes: {
    takes: { kind: "choice", of: presetNames },
    usual: "standard",
    document: {
      does: "a preset of all lifetimes: NIST SP 800-63B-4 §2.1.3, §2.2.3, §2.3.3, or seconds to watch them end",
    },
    name: "Lifetimes",
    group: "Lifetimes",
    concerns: always,
    options: () => presetNames.map((value) => ({ value, label: value === "seconds" ? "seconds, to watch" : value })),
    means: lifetimesMean,
  },
  rememberedDays: {
    takes: { kind: "count", least: 1, most: 400 },
    usual: null,
    document: { usual: "as the preset says", does: "how long a remembered login lasts. A stolen one lasts as long" },
    name: "Remembered for",
    group: "Lifetimes",
    concerns: remembers,
    options: () => [
      { value: null, label: "as the lifetimes say" },
      { value: 7, label: "7 days" },
      { value: 31, label: "31 days" },
      { value: 400, label: "400 days", weaker: true },
    ],
    other: { type: "number", label: "days", hint: "1 to 400" },
    means: (value) =>
      value === null
        ? "“Remember me” lasts as long as the chosen lifetimes say."
        : `“Remember me” lasts ${value} days, and so does a stolen one.`,
  },
  skewSeconds: {
    takes: { kind: "count", least: 0, most: 300 },
    usual: 5,
    document: { does: "a token that begins so little in the future is taken; `exp` has no tolerance" },
    name: "Clock skew",
    group: "Lifetimes",
    concerns: makesTokens,
    options: () => [
      { value: 0, label: "0 s" },
      { value: 5, label: "5 s" },
      { value: 60, label: "60 s" },
      { value: 300, label: "300 s", weaker: true },
    ],
    other: { type: "number", label: "seconds", hint: "0 to 300" },
    means: (value) =>
      value === 0
        ? "A token from a clock that is a moment ahead is refused."
        : `A token that begins up to ${value} s in the future is taken. Its exp has no tolerance.`,
  },
  binding: {
    userAgent: {
      ...strictness,
      document: {
        does: "a login from another browser, system or form factor is written down (`client-changed` in the audit) or refused with `CLIENT_CHANGED` (`client-refused`), where the record is asked; versions do not count. A thief can send the same one",
      },
      name: "Bound to the user agent",
      means: (value) =>
        strictnessMeans(
          value,
          "user agent",
          "A thief can send the same one. An update changes nothing: versions do not count.",
        ),
    },
    ip: {
      ...strictness,
      document: { does: "the same of the address. A phone that changes networks is refused like a thief" },
      name: "Bound to the address",
      means: (value) => strictnessMeans(value, "address", "So is a phone that changes networks."),
    },
  },
  parallelLogins: {
    takes: { kind: "count", least: 1, most: 100 },
    usual: null,
    document: {
      usual: "no cap",
      does: "the oldest login of a person in a flow ends when there is one more (`evicted` in the audit), where the server keeps records",
    },
    name: "Logins at once",
    group: "Records",
    concerns: keepsRecords,
    options: () => [
      { value: null, label: "any number" },
      { value: 1, label: "1" },
      { value: 3, label: "3" },
    ],
    other: { type: "number", label: "logins", hint: "1 to 100" },
    means: (value) =>
      value === null
        ? "Nobody counts."
        : `With one more than ${value}, a person’s oldest login ends: REVOKED. A thief who logs in ends the owner’s, too.`,
  },
  adoptSentId: {
    takes: { kind: "flag" },
    usual: false,
    document: {
      does: "unsafe: a login keeps the session id that came in, whoever made it up or had it before (session fixation)",
    },
    name: "Keep the sent id",
    group: "Records",
    concerns: ({ variant }) => variant !== undefined && sessionIdIn(variant.settings) !== null,
    options: () => [
      { value: false, label: "no" },
      { value: true, label: "yes", weaker: true },
    ],
    means: (value) =>
      value === true
        ? "A login keeps the id that the browser sent. Who planted it there is logged in as well."
        : "Each login gets a new id, so an id that somebody planted leads nowhere.",
  },
  readCache: {
    takes: { kind: "flag" },
    usual: false,
    document: {
      does: "each process believes for 5 seconds what a store said: a record, a person with their version, that a token is not on the denylist. It judges by that on every request. Its own changes count at once, another process's up to 5 seconds later. What acts, begins, renews or ends a login asks anew",
    },
    name: "Read cache",
    group: "Records",
    concerns: asksStore,
    options: () => [
      { value: false, label: "no" },
      { value: true, label: "5 s", weaker: true },
    ],
    means: (value) =>
      value === true
        ? "A process believes for 5 s what a store said. What it ends itself is over at once; what another process ended still gets in here for up to 5 s."
        : "Each request asks the store, so what any process ended is over at once.",
  },
  personalData: {
    takes: { kind: "flag" },
    usual: false,
    document: {
      does: "unsafe: credentials carry an e-mail address and a card number, which `GET /api/lab` then warns of wherever anybody can read them",
    },
    name: "Personal data inside",
    group: "Contents",
    concerns: readable,
    options: () => [
      { value: false, label: "no" },
      { value: true, label: "yes", weaker: true },
    ],
    means: (value) =>
      value === true
        ? "Credentials carry an e-mail address and a card number. Where they can be read, this page warns of them."
        : "A credential carries what the server needs to know, and no more.",
  },
  passwordInside: {
    takes: { kind: "flag" },
    usual: false,
    document: {
      does: "unsafe: credentials carry the password that was given at their login, which `GET /api/lab` then warns of wherever anybody can read them. What a login renews without the password, by a refresh token, carries none",
    },
    name: "Password inside",
    group: "Contents",
    concerns: readable,
    options: () => [
      { value: false, label: "no" },
      { value: true, label: "yes", weaker: true },
    ],
    means: (value) =>
      value === true
        ? "A credential carries the password of its login. A copy of it can be revoked; the password that a thief reads in it opens new logins, here and wherever else it is used."
        : "The server compares the password with its hash once, at the login, and keeps it nowhere.",
  },
  cookies: cookieSettings,
} as const satisfies SettingRows;
