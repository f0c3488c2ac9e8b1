import { lifetimePresets, presetNames } from "@/lib/core/time.ts";
import type { SettingPath, SettingValue } from "@/lib/lab/settings/setting-paths.ts";
import { duration } from "../../../app/_ui/format-time.ts";
import { cookieSettings } from "./cookie-settings.ts";
import type { SettingDescription, SettingOption, SettingPlace } from "./setting.ts";

const always = () => true;
const keepsRecords = ({ variant }: SettingPlace) => variant !== undefined && variant.settings.store !== null;
const makesTokens = ({ variant }: SettingPlace) => variant !== undefined && variant.settings.algorithm !== null;
const remembers = ({ flow }: SettingPlace) => flow.presents === "cookie";
const readable = ({ variant }: SettingPlace) =>
  variant !== undefined &&
  (variant.settings.algorithm !== null ||
    (variant.settings.encoding !== null && variant.settings.encoding !== "sealed"));

const strictness: readonly SettingOption[] = [
  { value: "off", label: "off" },
  { value: "warn", label: "warn" },
  { value: "enforce", label: "enforce" },
];

function strictnessMeans(value: SettingValue, what: string, risk: string): string {
  if (value === "warn") return `A login from another ${what} gets in, and “client-changed” stands in the audit.`;
  if (value === "enforce") return `A login from another ${what} is CLIENT_CHANGED. ${risk}`;
  return `Nobody compares the ${what}. A copied credential works from anywhere.`;
}

function lifetimesMean(value: SettingValue): string {
  const preset = presetNames.find((name) => name === value);
  if (!preset) return "";
  const { idle, absolute, access, refresh } = lifetimePresets[preset];
  return `Idle ${duration(idle)}, at the latest ${duration(absolute)}; access token ${duration(access)}, refresh token ${duration(refresh)}. The longer, the longer a stolen one works.`;
}

/** Every setting of a lab. A test holds it against LabSettings and against what the server takes. */
export const settingList: Readonly<Record<SettingPath, SettingDescription>> = {
  lifetimes: {
    name: "Lifetimes",
    group: "Lifetimes",
    concerns: always,
    options: () => presetNames.map((value) => ({ value, label: value === "seconds" ? "seconds, to watch" : value })),
    means: lifetimesMean,
  },
  rememberedDays: {
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
  parallelLogins: {
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
  "binding.userAgent": {
    name: "Bound to the user agent",
    group: "Records",
    concerns: keepsRecords,
    options: () => strictness,
    means: (value) => strictnessMeans(value, "user agent", "A thief can send the same one, and an update changes it."),
  },
  "binding.ip": {
    name: "Bound to the address",
    group: "Records",
    concerns: keepsRecords,
    options: () => strictness,
    means: (value) => strictnessMeans(value, "address", "So is a phone that changes networks."),
  },
  personalData: {
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
  ...cookieSettings,
};
