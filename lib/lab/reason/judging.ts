import type { CredentialKind } from "../../core/credential.ts";
import type { Encoding, Proof, VariantSettings } from "../../core/settings.ts";
import { wholeDuration } from "../../core/time.ts";

/** The settings that decide how a credential is judged. */
export type JudgingSettings = Pick<
  VariantSettings,
  "revocation" | "store" | "staleFor" | "id" | "encoding" | "person" | "algorithm" | "proof" | "inside" | "logout"
>;

/** Where a login can be ended, if each request or refresh looks there. */
type LoginRecordNoun = "row" | "entry" | "record" | "family";

/** How one credential of a variant is judged: what it is believed for, and what is looked up besides. */
export type Judging = {
  /** What is in it: all of a login's state, the claims of a token, or only an id. */
  readonly carries: "state" | "token" | "id";
  /** What shows that this server made it; `null`: nothing does. */
  readonly proof: "seal" | "signature" | null;
  /** The record of the login that is looked up; `null`: none is. */
  readonly record: LoginRecordNoun | null;
  /** The record is in the memory of one process. */
  readonly inMemory: boolean;
  /** What is looked up in place of a record; `null`: nothing is. */
  readonly besides: "version" | "denylist" | "person" | null;
  readonly looks: "every request" | "every refresh";
  /** A session service looks the record up, and tells no reason (RFC 7662 §2.2). */
  readonly asksService: boolean;
  /** How long a process believes its last look-up; `null`: it looks every time, or at nothing. */
  readonly staleFor: string | null;
};

/** The stores whose records have a name of their own; what the others keep is called a record. */
const recordNouns: Readonly<Record<string, LoginRecordNoun>> = { sql: "row", cached: "row", file: "entry" };

export function judgingOf(settings: JudgingSettings, credential: CredentialKind): Judging {
  const judging = judged(settings, credential);
  const { record, looks, besides, asksService, inMemory } = judging;
  const isCached = record === null ? besides !== null : looks === "every request" && !asksService && !inMemory;
  return isCached ? judging : { ...judging, staleFor: null };
}

function judged(settings: JudgingSettings, credential: CredentialKind): Judging {
  const { store, staleFor, encoding, proof, algorithm, id } = settings;
  const opaque: Judging = {
    ...{ carries: "id", proof: null, besides: null, looks: "every request", asksService: false },
    record: recordNouns[store ?? ""] ?? "record",
    inMemory: store === "memory",
    staleFor: staleFor === undefined ? null : wholeDuration(staleFor),
  };
  if (encoding !== undefined) return stateJudged(opaque, settings, encoding);
  if (proof !== undefined) return proofJudged(opaque, proof, credential);
  if (algorithm === undefined) return { ...opaque, proof: id === "signed" ? "signature" : null };
  return credential === "access"
    ? { ...opaque, carries: "token", proof: "signature", record: null, besides: policyOf(settings) }
    : { ...opaque, record: "family", looks: "every refresh" };
}

function stateJudged(opaque: Judging, settings: JudgingSettings, encoding: Encoding): Judging {
  const proofs = { plain: null, signed: "signature", sealed: "seal" } as const;
  const besides = policyOf(settings) ?? (settings.person === "named" ? "person" : null);
  return { ...opaque, carries: "state", proof: proofs[encoding], record: null, besides };
}

function proofJudged(opaque: Judging, proof: Proof, credential: CredentialKind): Judging {
  const token = { ...opaque, carries: "token", proof: "signature" } as const;
  if (proof === "token-and-record") return token;
  if (proof !== "token-renewed-by-record") return { ...opaque, asksService: proof === "id-introspected" };
  return credential === "access" ? { ...token, record: null } : { ...opaque, looks: "every refresh" };
}

function policyOf({ revocation }: JudgingSettings): Judging["besides"] {
  if (revocation === "none") return null;
  return revocation === "user-version" ? "version" : "denylist";
}
