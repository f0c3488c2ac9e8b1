import type { Revocation } from "../../core/ports.ts";
import type { VariantSettings } from "../../core/settings.ts";
import type { Variant } from "../../core/variant.ts";
import type { NotMadeWords } from "../trace.ts";

type Words = { readonly says: string; readonly because: string };

/** The calls to a revocation policy that come to nothing, by policy: it has nothing to ask, or lacks the method. */
const idle: Readonly<Record<VariantSettings["revocation"], Partial<Readonly<Record<keyof Revocation, Words>>>>> = {
  none: {
    check: { says: "nobody is asked whether it was revoked", because: "has no list and no version to ask" },
    end: { says: "no list is told that the access token ended", because: "keeps no list to put it on" },
    endAll: { says: "no version of the person’s is raised", because: "has no version to raise" },
  },
  denylist: {
    endAll: { says: "the person’s other tokens are put on no list", because: "lists a token only if it was shown" },
  },
  "user-version": {
    end: { says: "this one token is put on no list", because: "ends all of a person’s at once, and none alone" },
  },
};

/** The calls to its revocation policy that this variant does not make, in words from its settings. */
export function notMadeBy({ title, settings }: Pick<Variant, "title" | "settings">): NotMadeWords {
  const words: Readonly<Record<string, Words>> = idle[settings.revocation];
  return (did) => {
    const found = Object.hasOwn(words, did) ? words[did] : undefined;
    return found ? { says: found.says, why: `Did nothing. “${title}” ${found.because}.` } : null;
  };
}
