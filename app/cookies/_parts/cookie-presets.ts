import type { SetCookieParts } from "@/lib/lab/cookies/set-cookie-line.ts";

/** A line to send, and its lesson. */
export type CookiePreset = {
  readonly title: string;
  readonly teaches: string;
  readonly parts?: Partial<SetCookieParts>;
  /** The line as text, if the fields cannot express it. */
  readonly raw?: string;
};

/** A well-made login cookie. */
export const wellMade: SetCookieParts = {
  prefix: "__Host-",
  name: "try",
  value: "1",
  maxAge: null,
  expires: null,
  path: "/",
  domain: null,
  secure: true,
  httpOnly: true,
  sameSite: "Lax",
  partitioned: false,
};

const days = (count: number) => String(count * 86_400);
const plain = { prefix: "", name: "try", secure: false, httpOnly: false } as const;

export const cookiePresets: readonly CookiePreset[] = [
  { title: "Well made", teaches: "Every attribute that protects a login, and a prefix that enforces them.", parts: {} },
  {
    title: "Bare",
    teaches:
      "Only a name and a value: scripts read it, plain http carries it, and the browser chooses Path and SameSite.",
    parts: { ...plain, path: null, sameSite: null },
  },
  { title: "7 days", teaches: "Max-Age keeps it after the browser is closed.", parts: { maxAge: days(7) } },
  { title: "31 days", teaches: "A month, as many “remember me” options choose.", parts: { maxAge: days(31) } },
  { title: "400 days", teaches: "As long as a browser keeps any cookie.", parts: { maxAge: days(400) } },
  { title: "Ten years", teaches: "Stored, but shortened to 400 days.", parts: { maxAge: days(3650) } },
  { title: "Max-Age=0", teaches: "How a server deletes.", parts: { maxAge: "0" } },
  {
    title: "Expires in the past",
    teaches: "The older way to delete.",
    parts: { expires: "Thu, 01 Jan 1970 00:00:00 GMT" },
  },
  {
    title: "Path of a shop",
    teaches: "Sent only to addresses below it, so this page’s scripts do not find it. That is no protection.",
    parts: { prefix: "__Secure-", path: "/api/lab/echo/shop", httpOnly: false },
  },
  {
    title: "Readable by scripts",
    teaches: "Without HttpOnly any script on the page can read it.",
    parts: { httpOnly: false },
  },
  {
    title: "SameSite=Strict",
    teaches: "Not sent even when a person follows a link from another site.",
    parts: { sameSite: "Strict" },
  },
  { title: "SameSite=None", teaches: "Sent with requests from any site. Needs Secure.", parts: { sameSite: "None" } },
  {
    title: "SameSite=None, not Secure",
    teaches: "Refused without a message.",
    parts: { ...plain, sameSite: "None" },
  },
  {
    title: "Partitioned",
    teaches: "Stored separately for each site that embeds this one.",
    parts: { partitioned: true },
  },
  { title: "Partitioned, not Secure", teaches: "Refused.", parts: { ...plain, partitioned: true } },
  { title: "__Host- with a Path", teaches: "Refused: the prefix requires Path=/.", parts: { path: "/api/lab/echo" } },
  { title: "__Host- without Path", teaches: "Refused: Path=/ must be given.", parts: { path: null } },
  { title: "__Host- with a Domain", teaches: "Refused: the prefix allows no Domain.", parts: { domain: "localhost" } },
  { title: "__Secure- without Secure", teaches: "Refused.", parts: { ...plain, prefix: "__Secure-" } },
  {
    title: "__hOsT- in odd letters",
    teaches: "Refused too: prefixes are compared without regard to case.",
    parts: { ...plain, prefix: "__hOsT-" },
  },
  { title: "__Http-", teaches: "Only a server can set it, not a script.", parts: { prefix: "__Http-" } },
  {
    title: "__Http- for scripts",
    teaches: "Refused: the prefix requires HttpOnly.",
    parts: { prefix: "__Http-", httpOnly: false },
  },
  { title: "__Host-Http-", teaches: "The strongest prefix.", parts: { prefix: "__Host-Http-" } },
  {
    title: "__Host-Http- with a Path",
    teaches: "Refused.",
    parts: { prefix: "__Host-Http-", path: "/api/lab/echo" },
  },
  {
    title: "Somebody else’s Domain",
    teaches: "Refused: a server cannot set cookies for another host.",
    parts: { ...plain, domain: "example.org" },
  },
  {
    title: "Two Paths",
    teaches: "The last one counts.",
    raw: "try=two-paths; Path=/; Path=/api/lab/echo/second",
  },
  {
    title: "An overlong Path",
    teaches: "An attribute over 1024 bytes is ignored. The cookie is stored.",
    raw: `try=overlong; Path=/${"x".repeat(1024)}`,
  },
  { title: "No name", teaches: "Stored, and sent as the bare value.", raw: "=try-without-a-name; Path=/" },
  {
    title: "A prefix in the value",
    teaches: "Refused: a server would read the value as a name with a prefix.",
    raw: "=__Host-try; Path=/",
  },
  {
    title: "4096 bytes",
    teaches: "The most that a browser accepts, name and value together.",
    parts: { ...plain, value: "x".repeat(4093) },
  },
  {
    title: "4097 bytes",
    teaches: "One byte more, and the browser drops the cookie.",
    parts: { ...plain, value: "x".repeat(4094) },
  },
];
