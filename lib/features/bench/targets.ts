import type { VariantId } from "../../core/ids.ts";
import type { TokenAlgorithm } from "../../core/settings.ts";
import type { ConditionId, Figure, InPlace, OverHttp } from "./model.ts";

/** What a request may cost in place, in microseconds, the edge included. */
const most = {
  edge: 25,
  /** A check that remembers its proof, or asks the memory of this process. */
  quick: 60,
  /** One statement through Prisma. */
  statement: 350,
  /** The same read by a prepared statement of the driver. */
  prepared: 120,
  file: 300,
  introspected: 1600,
  inner: 1100,
} as const;

/** A signature that is checked for the first time: the whole request. */
const cold = { HS256: 230, ES256: 400, EdDSA: 400, seal: 800 } as const satisfies Record<
  TokenAlgorithm | "seal",
  number
>;

/** What a signature costs by itself. An HMAC over a cookie or an id was measured as 31. */
const own = {
  none: 0,
  hmac: 31,
  HS256: cold.HS256 - most.quick,
  EdDSA: cold.EdDSA - most.quick,
  seal: cold.seal - most.quick,
} as const;

/** At least this share of the bare route's throughput, where at most 60 µs are asked in place. */
const share = 0.9;

/** What is asked of `GET me`. */
export type Asked = {
  /** `busy`: of CPU with 16 requests in flight, because the rest is waiting for a store. */
  readonly hot: { readonly most: number; readonly of: "took" | "busy" };
  readonly cold: number | null;
  /** Of the bare route's throughput. */
  readonly share: number | null;
};

export type Target = Asked & {
  readonly inner: number | null;
  /** Absent: the variant asks no store, or its target is reached without a read cache. */
  readonly readCache?: Asked;
  /** Absent: the variant reads nothing by SQL. */
  readonly preparedReads?: Asked;
};

const took = (microseconds: number) => ({ most: microseconds, of: "took" }) as const;
const quick: Target = { hot: took(most.quick), cold: null, inner: null, share };
const signedWith = (algorithm: keyof typeof cold): Target => ({ ...quick, cold: cold[algorithm] });

/** Reads a person by SQL, and is asked no less for it: prepared reads are only another way to get there. */
const readsPerson = ({ inner, ...asked }: Target): Target => ({ ...asked, inner, preparedReads: asked });

function asksStore(signature: keyof typeof own): Target {
  const statement = (microseconds: number) => ({
    hot: took(microseconds + own[signature]),
    cold: microseconds + own[signature],
    share: null,
  });
  const usual = statement(most.statement);
  return {
    ...usual,
    inner: null,
    readCache: { hot: took(most.quick), cold: usual.cold, share },
    preparedReads: statement(most.prepared),
  };
}

export const targets: Readonly<Record<VariantId, Target>> = {
  "cookie/plain": readsPerson(quick),
  "cookie/signed": quick,
  "cookie/sealed": signedWith("seal"),
  "cookie/sealed-versioned": asksStore("seal"),
  "server-session/sql": asksStore("none"),
  "server-session/memory": readsPerson(quick),
  "server-session/file": readsPerson({ ...quick, hot: took(most.file), share: null }),
  "server-session/signed-id": asksStore("hmac"),
  "server-session/redis": readsPerson({ ...quick, hot: { most: most.quick, of: "busy" } }),
  "server-session/cached": readsPerson(quick),
  "memory-jwt/rotating": signedWith("EdDSA"),
  "memory-jwt/es256": signedWith("ES256"),
  "memory-jwt/hs256": signedWith("HS256"),
  "memory-jwt/denylist": asksStore("EdDSA"),
  "memory-jwt/forgetful-logout": signedWith("EdDSA"),
  "memory-jwt/session-storage": signedWith("EdDSA"),
  "memory-jwt/local-storage": signedWith("EdDSA"),
  "memory-jwt/script-cookie": signedWith("EdDSA"),
  "memory-jwt/http-only-cookie": signedWith("EdDSA"),
  "memory-jwt/user-version": asksStore("EdDSA"),
  "hybrid/allowlist": asksStore("EdDSA"),
  "hybrid/short-jwt": signedWith("EdDSA"),
  // With the session id in its cookie, as browsers have it.
  "hybrid/bearer-or-session": asksStore("none"),
  "hybrid/gateway": asksStore("none"),
  "hybrid/introspected": readsPerson({ ...quick, hot: took(most.introspected), inner: most.inner, share: null }),
};

/** What is asked of a variant under a condition. `null`: it is not measured so. */
export function askedOf(variant: VariantId, condition: ConditionId): Asked | null {
  const target = targets[variant];
  const under = { usual: target, "read-cache": target?.readCache, "prepared-reads": target?.preparedReads };
  return under[condition] ?? null;
}

export const edgeTarget: number = most.edge;

/** `undecided`: the median does not reach the target, and the interval does. */
export type Verdict = "reached" | "missed" | "undecided";

/** In place: the median is at most the target. */
export function judgeInPlace({ median }: Figure, atMost: number): Verdict {
  return median <= atMost ? "reached" : "missed";
}

/** Over HTTP: missed only when the whole interval is below the target. */
export function judgeShare({ share: { median, high } }: Pick<OverHttp, "share">, atLeast: number): Verdict {
  if (high < atLeast) return "missed";
  return median < atLeast ? "undecided" : "reached";
}

/** The figure that the target of a hot request is about. `null`: it was not measured. */
export function judgedOf(measured: Pick<InPlace, "took" | "busy">, asked: Pick<Asked, "hot">): Figure | null {
  return measured[asked.hot.of];
}
