import type { LabKeyRing, TokenKey } from "../forgery-case.ts";
import type { CredentialForm } from "../model.ts";
import { cookieWeaknesses } from "./cookie-verifiers.ts";
import { keyWeaknesses } from "./key-choosers.ts";
import { tokenWeaknesses } from "./token-verifiers.ts";

/** What a verifier with a mistake has to go by: a real verifier's keys, and the address that it was written for. */
export type Configured = {
  readonly form: CredentialForm;
  readonly keys: LabKeyRing;
  /** The key that verifies this credential; absent: it is no token. */
  readonly own?: TokenKey;
};

/** One known mistake. `accepts`: what it lets in; it looks at no times and at no record. */
export type Weakness = {
  readonly title: string;
  accepts(credential: string, configured: Configured): boolean;
};

/**
 * Verifiers with one known mistake each, to show that a forgery is a real one. They stand beside the application's own
 * verifiers and not in them, and what they accept logs nobody in.
 */
export const weaknesses = { ...tokenWeaknesses, ...keyWeaknesses, ...cookieWeaknesses } as const;

export type WeaknessId = keyof typeof weaknesses;
