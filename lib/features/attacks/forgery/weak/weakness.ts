import type { LabKeyRing, TokenKey } from "../lab-key-ring.ts";
import type { CredentialForm } from "../model.ts";

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
