import type { KeyObject } from "node:crypto";
import type { TokenAlgorithm } from "../../../core/settings.ts";

/** A key for one algorithm. `publicKey` is `null`: the key is a shared secret. */
export type TokenKey = {
  readonly kid: string;
  readonly algorithm: TokenAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject | null;
};

export type KeysByAlgorithm = Readonly<Record<TokenAlgorithm, TokenKey>>;

/** The keys of a lab and one of its variants. */
export type LabKeyRing = {
  readonly tokens: KeysByAlgorithm;
  /** Those of another lab. */
  readonly elsewhere: KeysByAlgorithm;
  /** The keys that sign this variant's cookies, by generation. */
  readonly cookie: Readonly<Record<string, Buffer>>;
  /** The passwords that seal this variant's cookies, by generation. */
  readonly seal: Readonly<Record<string, string>>;
};
