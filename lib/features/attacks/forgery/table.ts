import { algorithmCases } from "./cases/algorithm.ts";
import { claimCases } from "./cases/claims.ts";
import { signedCookieCases } from "./cases/cookies.ts";
import { extensionCases } from "./cases/extensions.ts";
import { keyCases } from "./cases/keys.ts";
import { idCases, plainCookieCases, sealedCookieCases } from "./cases/seals-and-ids.ts";
import { signatureCases } from "./cases/signature.ts";
import { spellingCases } from "./cases/spelling.ts";
import type { ForgeryCase } from "./forgery-case.ts";
import type { CredentialForm, ForgeryTold } from "./model.ts";

/** Every forged credential. The tests, the page and the choices beside a credential read this one table. */
export const forgeries: readonly ForgeryCase[] = [
  ...algorithmCases,
  ...signatureCases,
  ...keyCases,
  ...extensionCases,
  ...claimCases,
  ...spellingCases,
  ...signedCookieCases,
  ...sealedCookieCases,
  ...plainCookieCases,
  ...idCases,
];

export function forgeriesOf(form: CredentialForm): readonly ForgeryCase[] {
  return forgeries.filter(({ about }) => about.includes(form));
}

export function toldOf({ id, title, source, needs, short }: ForgeryCase): ForgeryTold {
  return { id, title, source, needs, short };
}
