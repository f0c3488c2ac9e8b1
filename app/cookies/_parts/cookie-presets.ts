import type { SetCookieParts } from "@/lib/lab/cookies/set-cookie-line.ts";

/** A line worth sending, and what it teaches. */
export type CookiePreset = {
  readonly title: string;
  readonly teaches: string;
  readonly parts?: Partial<SetCookieParts>;
  /** Where the fields cannot say it. */
  readonly raw?: string;
};

/** A login's cookie as it should be. */
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
  { title: "Well made", teaches: "Each attribute that protects a login, and a name that promises them.", parts: {} },
  {
    title: "Bare",
    teaches: "Nothing but a name: scripts read it, plain http carries it, and the browser chooses Path and SameSite.",
    parts: { ...plain, path: null, sameSite: null },
  },
  { title: "7 days", teaches: "Max-Age keeps it when the browser ends.", parts: { maxAge: days(7) } },
  { title: "31 days", teaches: "A month, as many “remember me” do.", parts: { maxAge: days(31) } },
  { title: "400 days", teaches: "As long as a browser keeps any cookie.", parts: { maxAge: days(400) } },
  { title: "Ten years", teaches: "Taken, but cut to 400 days.", parts: { maxAge: days(3650) } },
  { title: "Max-Age=0", teaches: "How a server deletes.", parts: { maxAge: "0" } },
  {
    title: "Expires in the past",
    teaches: "The older way to delete.",
    parts: { expires: "Thu, 01 Jan 1970 00:00:00 GMT" },
  },
  {
    title: "Path of a shop",
    teaches: "Goes to addresses below it and no others, so this page’s scripts do not find it. No protection, though.",
    parts: { prefix: "__Secure-", path: "/api/lab/echo/shop", httpOnly: false },
  },
  {
    title: "Readable by scripts",
    teaches: "Without HttpOnly any script on the page has it.",
    parts: { httpOnly: false },
  },
  {
    title: "SameSite=Strict",
    teaches: "Not even a link from elsewhere brings it along.",
    parts: { sameSite: "Strict" },
  },
  { title: "SameSite=None", teaches: "Goes along whoever asks. Wants Secure.", parts: { sameSite: "None" } },
  {
    title: "SameSite=None, not Secure",
    teaches: "Refused without a word.",
    parts: { ...plain, sameSite: "None" },
  },
  { title: "Partitioned", teaches: "A jar for each site that embeds this one.", parts: { partitioned: true } },
  { title: "Partitioned, not Secure", teaches: "Refused.", parts: { ...plain, partitioned: true } },
  { title: "__Host- with a Path", teaches: "Refused: the name promises Path=/.", parts: { path: "/api/lab/echo" } },
  { title: "__Host- without Path", teaches: "Refused: Path=/ has to be written down.", parts: { path: null } },
  { title: "__Host- with a Domain", teaches: "Refused: the name promises none.", parts: { domain: "localhost" } },
  { title: "__Secure- without Secure", teaches: "Refused.", parts: { ...plain, prefix: "__Secure-" } },
  {
    title: "__hOsT- in odd letters",
    teaches: "Prefixes are compared without regard to case: refused all the same.",
    parts: { ...plain, prefix: "__hOsT-" },
  },
  { title: "__Http-", teaches: "No script can have set it.", parts: { prefix: "__Http-" } },
  {
    title: "__Http- for scripts",
    teaches: "Refused: the name promises HttpOnly.",
    parts: { prefix: "__Http-", httpOnly: false },
  },
  { title: "__Host-Http-", teaches: "The strongest name there is.", parts: { prefix: "__Host-Http-" } },
  {
    title: "__Host-Http- with a Path",
    teaches: "Refused.",
    parts: { prefix: "__Host-Http-", path: "/api/lab/echo" },
  },
  {
    title: "Somebody else’s Domain",
    teaches: "Refused: nobody sets cookies for another host.",
    parts: { ...plain, domain: "example.org" },
  },
  {
    title: "Two Paths",
    teaches: "The last one counts.",
    raw: "try=two-paths; Path=/; Path=/api/lab/echo/second",
  },
  {
    title: "An overlong Path",
    teaches: "More than 1024 bytes in an attribute: that attribute is passed over, the cookie is not.",
    raw: `try=overlong; Path=/${"x".repeat(1024)}`,
  },
  { title: "No name", teaches: "Stored, and sent as the bare value.", raw: "=try-without-a-name; Path=/" },
  {
    title: "A prefix in the value",
    teaches: "Refused: sent as it is, a server would read a name that promises something.",
    raw: "=__Host-try; Path=/",
  },
  {
    title: "4096 bytes",
    teaches: "As much as a browser takes, name and value together.",
    parts: { ...plain, value: "x".repeat(4093) },
  },
  { title: "4097 bytes", teaches: "One more, and all of it is dropped.", parts: { ...plain, value: "x".repeat(4094) } },
];
