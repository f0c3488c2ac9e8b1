import type { Principal } from "./login.ts";
import { ok, type Refuse, type Result } from "./result.ts";

/** A value as JSON knows it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | {
      readonly [name: string]: Json;
    };

/** The session data of a login, by key. */
export type Data = Readonly<Record<string, Json>>;

/** The limits of session data: a number of values, the bytes of JSON of each, and its depth. */
export const dataLimits = { keys: 16, valueBytes: 2048, depth: 8 } as const;

/** The session data of one login, whose credential was accepted on this request. */
export type LoginData = {
  /** The public id of the login's record; absent where the data is in a cookie. */
  readonly recordId?: string;
  all(): Promise<Data>;
  get(key: string): Promise<{ readonly value: Json } | null>;
  /**
   * UNPROCESSABLE where there is no room for another key, PAYLOAD_TOO_LARGE where a cookie is full. A refused change
   * has no effect.
   */
  set(key: string, value: Json): Promise<Result<null>>;
  /** Removes a value and answers it; `null`: there was none. */
  remove(key: string): Promise<Result<{ readonly value: Json } | null>>;
  /** Answers the number of values. */
  clear(): Promise<Result<number>>;
};

/**
 * The session data of one flow in one lab, on the server. It is stored below the id of a record while that record is
 * live. Each method is atomic: values set in parallel under different keys both stay.
 */
export interface SessionData {
  all(recordId: string): Promise<Data>;
  get(recordId: string, key: string): Promise<{ readonly value: Json } | null>;
  /**
   * `full`: no room for another key. `gone`: the record ended, or never existed. `recordKey`: the record's key, for a
   * store that lost its index from id to record.
   */
  set(recordId: string, key: string, value: Json, recordKey?: string): Promise<"kept" | "full" | "gone">;
  /** Of several calls at once, one gets the value. */
  remove(recordId: string, key: string): Promise<{ readonly value: Json } | null>;
  /** Answers the number of values. */
  clear(recordId: string): Promise<number>;
}

/**
 * The session data of the login that was just authenticated, or its refusal. For flows that keep a record of each
 * login.
 */
export function dataOf(
  { data, refuse }: { readonly data: SessionData; readonly refuse: Refuse },
  accepted: Result<Principal>,
): Result<LoginData> {
  if (!accepted.ok) return accepted;
  const { recordId = "", recordKey } = accepted.value;
  return ok({
    recordId,
    all: () => data.all(recordId),
    get: (key) => data.get(recordId, key),
    async set(key, value) {
      const outcome = await data.set(recordId, key, value, recordKey);
      if (outcome === "kept") return ok(null);
      // Gone: the login ended after it was authenticated.
      return refuse(outcome === "full" ? "UNPROCESSABLE" : "REVOKED");
    },
    remove: async (key) => ok(await data.remove(recordId, key)),
    clear: async () => ok(await data.clear(recordId)),
  });
}
