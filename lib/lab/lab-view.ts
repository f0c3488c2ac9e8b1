import type { Holding } from "../core/credential.ts";
import type { DecodedView, DecodingStep } from "../core/decoding.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Proof } from "../core/settings.ts";
import type { LifetimeName, LifetimePreset, Lifetimes } from "../core/time.ts";
import type { TokenStorage } from "../core/token-storage.ts";
import type { Identity } from "../core/user.ts";
import type { OptionalOperation, Safety } from "../core/variant.ts";
import type { TraceStep } from "./feed/exchange.ts";
import type { RecordView } from "./feed/record-view.ts";
import type { LabSettings } from "./lab-settings.ts";

/**
 * The answer of `GET /api/lab`, with which every page starts: the current state of one lab. Times are ISO 8601 strings
 * on the lab's clock, durations are seconds.
 */
export type LabView = {
  /** Its times are on the system's clock. `madeAt` tells a lab from an earlier one of the same id. */
  readonly lab: { readonly id: string; readonly madeAt: string; readonly expiresAt: string | null };
  /** The lab's clock, and how far it was moved. `systemNow` lets a page keep counting without asking again. */
  readonly clock: { readonly now: string; readonly systemNow: string; readonly offsetSeconds: number };
  readonly people: readonly PersonView[];
  readonly variants: readonly VariantView[];
  readonly settings: LabSettings & {
    /** The variant of a login that names none. */
    readonly defaults: Readonly<Record<FlowId, VariantId>>;
    readonly enabled: readonly VariantId[];
    readonly lifetimePresets: readonly LifetimePreset[];
  };
  /** The weaknesses of attacks that this lab has on, as pages name them. */
  readonly weaknesses: readonly string[];
  /** The lab as an authorization server, and the one client that may ask it (RFC 7009, RFC 7662). */
  readonly oauth: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  readonly held: Readonly<Record<FlowId, HeldView>>;
};

export type PersonView = Identity & {
  readonly disabled: boolean;
  /** `null` once the person has another password. */
  readonly password: string | null;
  readonly balance: number;
};

export type VariantView = {
  readonly id: VariantId;
  readonly flow: FlowId;
  readonly title: string;
  readonly summary: string;
  /** What it believes and what it looks up, in one sentence. */
  readonly belief: string;
  readonly safety: Safety;
  readonly settings: {
    readonly revocation: string;
    readonly store: string | null;
    readonly encoding: string | null;
    /** The algorithm of its tokens; `null`: it has none. */
    readonly algorithm: string | null;
    /** `forgets`: a logout ends no login on the server. */
    readonly logout: "revokes" | "forgets";
    /** How a login is proved, in a flow with several ways; and how its requests go on inside, if they do. */
    readonly proof: Proof | null;
    readonly inside: "internal-token" | null;
    /** Where a browser keeps the access token; `null`: it gets none. */
    readonly storage: TokenStorage | null;
    readonly lifetimesSeconds: Readonly<Record<keyof Lifetimes, number>>;
  };
  /** The credentials of a browser, and how they travel. */
  readonly holds: readonly Holding[];
  readonly cannot: Readonly<Partial<Record<OptionalOperation, string>>>;
};

/** One flow, seen from the request: the credentials that it carried, whether they get in, and what the server holds. */
export type HeldView = {
  /** Read without extending the login. */
  readonly login: LoginView;
  /** The credentials on this request: cookies by name, and the bearer token as `access token`. */
  readonly credentials: readonly CredentialView[];
  /** All records of the lab, newest first, ended ones included; `null`: this flow keeps none on the server. */
  readonly records: readonly RecordView[] | null;
  /** The stores that do not answer now: their records are missing in `records`. */
  readonly unanswered: readonly string[];
  /** How many look-ups the read cache of this process answered, and how many a store. Absent: none was asked of it. */
  readonly readCache?: { readonly hits: number; readonly misses: number };
  /** Files of logins that could not be read and were set aside: those logins are unknown. Absent: there are none. */
  readonly setAside?: readonly string[];
};

export type LoginView =
  | {
      readonly accepted: true;
      readonly user: Identity;
      readonly variant: VariantId;
      readonly issuedAt: string;
      readonly expiresAt: string;
      /** Every end that this login has by itself, the nearest one being `expiresAt` or that of what renews it. */
      readonly ends: Readonly<Partial<Record<LifetimeName, string>>>;
      readonly recordId: string | null;
    }
  | {
      readonly accepted: false;
      readonly code: RefusalCode;
      /** Why, in one sentence, by the step that decided. Absent: no credential came. */
      readonly reason?: string;
    };

export type CredentialView = {
  readonly name: string;
  readonly value: string;
  /** Bytes of `name=value`, as a browser counts them against 4096. */
  readonly bytes: number;
  /** The readable content; `null`: opaque or sealed. */
  readonly decoded: DecodedView | null;
  /** Sensitive data that anyone can read in it, one sentence each. */
  readonly warnings: readonly string[];
  /** The record of this credential, live or ended. */
  readonly recordId: string | null;
};

/** The answer of `POST /api/lab/try`: the flow's verdict on a credential, and the steps that led to it. */
export type TryView = {
  readonly accepted: boolean;
  readonly code: RefusalCode | null;
  /** The step that refused. */
  readonly at: string | null;
  readonly user: Identity | null;
  readonly expiresAt: string | null;
  /** How the credential was decoded and verified; empty for an opaque one. */
  readonly decoded: readonly DecodingStep[];
  /** The ports that the flow called. */
  readonly steps: readonly TraceStep[];
};

/** One page of what happened in a lab, newest first. `next` is the `before` of the page after it. */
export type AuditView = { readonly events: readonly EventView[]; readonly next: number | null };

export type EventView = {
  readonly id: number;
  readonly at: string;
  readonly type: string;
  /** The person concerned. */
  readonly user: string | null;
} & Readonly<Record<"recordId" | "flow" | "variant" | "detail" | "ip" | "device", string | null>>;

/** One of a person's logins, as `GET /api/<flow>/sessions` lists it. */
export type SessionView = {
  readonly id: string;
  /** The login of this request. */
  readonly current: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly device: string;
  readonly ip: string;
};
