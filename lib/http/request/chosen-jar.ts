import type { CookieAttributes } from "../../core/cookie.ts";
import { bareCookieName, cookiePrefixes } from "../../lab/cookies/cookie-prefix.ts";
import type { CookieChoice } from "../../lab/lab-settings.ts";
import { attributesIn } from "../../lab/settings/cookie-attributes.ts";
import type { RequestJar } from "./cookie-jar.ts";

/**
 * The same jar, with the cookie settings of the lab: other attributes, and names with another prefix. Flows are unaware
 * of it. Cookies under an earlier setting are still found, and a logout expires them, as far as browsers allow that for
 * another Path or Domain.
 */
export function createChosenJar(jar: RequestJar, own: ReadonlySet<string>, choice: CookieChoice): RequestJar {
  const spellings = (name: string) => [
    ...new Set([chosenName(name, choice), name, ...["", ...cookiePrefixes].map((each) => each + bareCookieName(name))]),
  ];
  const sent = (name: string) => spellings(name).filter((each) => jar.get(each));

  function setOwn(name: string, value: string, attributes: CookieAttributes): void {
    const chosen = attributesIn(choice, attributes);
    if (attributes.maxAge !== 0) jar.set(chosenName(name, choice), value, chosen);
    else for (const each of [chosenName(name, choice), ...sent(name)]) jar.set(each, "", { ...chosen, maxAge: 0 });
  }

  return {
    get: (name) => jar.get((own.has(name) && sent(name)[0]) || name),
    fits: (name, value, spare) => jar.fits(own.has(name) ? chosenName(name, choice) : name, value, spare),
    set: (name, value, attributes) => (own.has(name) ? setOwn : jar.set)(name, value, attributes),
    setCookieLines: jar.setCookieLines,
    send: jar.send,
  };
}

function chosenName(name: string, { prefix }: CookieChoice): string {
  return prefix === null ? name : prefix + bareCookieName(name);
}
