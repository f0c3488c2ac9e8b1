import { existsSync } from "node:fs";

/** Firefox where its installers put it, Debian's `firefox-esr` first. */
const known = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/snap/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/** Its path, or `undefined` where there is none. */
export function findFirefox(): string | undefined {
  return known.find((path) => existsSync(path));
}
