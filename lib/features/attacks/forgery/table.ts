import { algorithmCases } from "./cases/algorithm.ts";
import { claimCases } from "./cases/claims.ts";
import { signedCookieCases } from "./cases/cookies.ts";
import { extensionCases } from "./cases/extensions.ts";
import { keyCases } from "./cases/keys.ts";
import { idCases, plainCookieCases, sealedCookieCases } from "./cases/seals-and-ids.ts";
import { signatureCases } from "./cases/signature.ts";
import { spellingCases } from "./cases/spelling.ts";
import type { ForgeryCase } from "./forgery-case.ts";
import type { CredentialForm, ForgeryGroup, ForgeryTold } from "./model.ts";

const groups: readonly { readonly title: string; readonly cases: readonly ForgeryCase[] }[] = [
  { title: "The token names its own algorithm", cases: algorithmCases },
  { title: "Content and signature do not belong together", cases: signatureCases },
  { title: "The token names or brings its own key", cases: keyCases },
  { title: "Another form, or an extension", cases: extensionCases },
  { title: "A good signature, and wrong claims", cases: claimCases },
  { title: "Another spelling", cases: spellingCases },
  { title: "A signed cookie", cases: signedCookieCases },
  { title: "A sealed cookie", cases: sealedCookieCases },
  { title: "A plain cookie", cases: plainCookieCases },
  { title: "An id", cases: idCases },
];

/** Every forged credential. The tests, the page and the choices beside a credential read this one table. */
export const forgeries: readonly ForgeryCase[] = groups.flatMap(({ cases }) => cases);

export function forgeriesOf(form: CredentialForm): readonly ForgeryCase[] {
  return forgeries.filter(({ about }) => about.includes(form));
}

/** The cases about this form, as a page tells them. */
export function groupsOf(form: CredentialForm): readonly ForgeryGroup[] {
  const about = groups.map(({ title, cases }) => ({
    title,
    cases: cases.filter((each) => each.about.includes(form)).map(toldOf),
  }));
  return about.filter(({ cases }) => cases.length > 0);
}

export function toldOf({ id, title, source, needs, short }: ForgeryCase): ForgeryTold {
  return { id, title, source, needs, short };
}
