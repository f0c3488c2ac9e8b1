import type { CookieAttributes } from "../../core/cookie.ts";
import type { FlowId } from "../../core/ids.ts";
import { type CookiePlace, isSamePlace, placeIn, withPlace } from "../../lab/cookies/cookie-place.ts";
import { bareCookieName, cookiePrefixes } from "../../lab/cookies/cookie-prefix.ts";
import type { CookieChoice } from "../../lab/lab-settings.ts";
import { attributesIn, sendsAsWritten } from "../../lab/settings/cookie-attributes.ts";
import type { RequestJar } from "./cookie-jar.ts";

/** `own`: the names of the flows' cookies, each with its flow. `places`: where this lab has set them. */
type ChosenJarOptions = {
  readonly own: ReadonlyMap<string, FlowId>;
  readonly choice: CookieChoice;
  readonly places: readonly CookiePlace[];
};

/**
 * The same jar, with the cookie settings of the lab: other attributes, and names with another prefix. Flows are unaware
 * of it. Cookies under an earlier setting are still found, and a logout expires them at each place that the lab
 * remembers.
 */
export function createChosenJar(jar: RequestJar, { own, choice, places }: ChosenJarOptions): RequestJar {
  /** By the flow's own name: the name under which the value came that was chosen of several. */
  // Bounded: by the flows and their cookies; it ends with the request.
  const chosen = new Map<string, string>();
  const set = new Set<FlowId>();

  /** The names that count. With all as usual, that is the flow's own name: other ones promise less. */
  const spellings = (name: string) =>
    sendsAsWritten(choice)
      ? [name]
      : distinct([
          chosenName(name, choice),
          name,
          ...["", ...cookiePrefixes].map((each) => each + bareCookieName(name)),
        ]);
  const sent = (name: string) => spellings(name).filter((each) => jar.get(each));
  const placesOf = (name: string) => places.filter(({ flow }) => flow === own.get(name));

  function setOwn(name: string, value: string, attributes: CookieAttributes): void {
    const changed = attributesIn(choice, attributes);
    chosen.delete(name);
    if (attributes.maxAge !== 0) {
      set.add(own.get(name) ?? "");
      jar.set(chosenName(name, choice), value, changed);
    } else {
      for (const each of [chosenName(name, choice), ...sent(name)]) jar.set(each, "", { ...changed, maxAge: 0 });
    }
  }

  return {
    ...jar,
    get: (name) => jar.get(chosen.get(name) ?? ((own.has(name) && sent(name)[0]) || name)),
    values: (name) => (own.has(name) ? distinct(spellings(name).flatMap(jar.values)) : jar.values(name)),
    everSet(name) {
      const names = placesOf(name).map((place) => chosenName(name, place.choice));
      return own.has(name) ? distinct([...spellings(name), ...names].flatMap(jar.values)) : jar.values(name);
    },
    choose(name, value) {
      const spelled = (own.has(name) && spellings(name).find((each) => jar.values(each).includes(value))) || name;
      chosen.set(name, spelled);
      jar.choose(spelled, value);
    },
    fits: (name, value, spare) => jar.fits(own.has(name) ? chosenName(name, choice) : name, value, spare),
    set: (name, value, attributes) => (own.has(name) ? setOwn : jar.set)(name, value, attributes),
    forgetElsewhere(name, attributes) {
      const here = placeIn(own.get(name) ?? "", choice);
      // The flow's own place was left behind, too, where its cookie comes along.
      if (here && jar.values(name).length > 0) jar.deleteAt(name, attributes);
      for (const place of placesOf(name)) {
        if (here && isSamePlace(place, here)) continue;
        jar.deleteAt(chosenName(name, place.choice), attributesIn(place.choice, attributes));
      }
    },
    newPlaces: () =>
      [...set].filter((flow) => {
        const place = placeIn(flow, choice);
        return place && withPlace(places, place);
      }),
  };
}

function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)];
}

function chosenName(name: string, { prefix }: CookieChoice): string {
  return prefix === null ? name : prefix + bareCookieName(name);
}
