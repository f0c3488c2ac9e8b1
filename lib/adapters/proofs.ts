import { hash } from "node:crypto";
import type { JWTPayload } from "jose";
import { LRUCache } from "lru-cache";

/** Of each kind, over all labs: a few thousand logins that are in use at once. */
const proofBounds = { count: 4000, bytes: 8 * 1024 * 1024 } as const;

/** What a proof was made for. Where one of these differs, it is no proof. */
export type ProofPlace = {
  readonly labId: string;
  readonly variant: string;
  /** A name of the keys that count: their generations, the lab's salt and the secrets that they come from. */
  readonly keys: string;
  /** A name of the lab's settings. */
  readonly settings: string;
};

/** What was proved of credentials, in one lab, for one variant. `use`: a token's `typ`, or an encoding. */
export type ProofsHere<Proved> = {
  find(use: string, credential: string): Proved | undefined;
  /** Only what was found good, in its one spelling. */
  keep(use: string, credential: string, proved: Proved): void;
};

/** What one variant of one lab remembers. */
export type RememberedProofs = {
  readonly tokens: ProofsHere<JWTPayload>;
  readonly states: ProofsHere<object>;
};

export type Proofs = {
  at(place: ProofPlace): RememberedProofs;
  /** Of labs that are gone. The salt of a new one would find none of them anyway. */
  forget(labIds: ReadonlySet<string>): void;
  /** How many are remembered. */
  count(): number;
};

/**
 * The memory of one process for what was proved of a credential: that its signature is right, or its seal opens, and what
 * it says. Never a verdict: `exp`, `nbf`, the skew, a denylist, a version, a record and a binding are judged on every
 * request. A credential is named by the SHA-256 over all of it, and over all that its proof depends on, so a rotation of
 * keys, a new secret and a changed setting find nothing.
 */
export function createProofs(bounds: { readonly count: number; readonly bytes: number } = proofBounds): Proofs {
  const tokens = createMemory<JWTPayload>(bounds);
  const states = createMemory<object>(bounds);
  return {
    at: (place) => ({ tokens: tokens.at(place), states: states.at(place) }),
    forget(labIds) {
      tokens.forget(labIds);
      states.forget(labIds);
    },
    count: () => tokens.count() + states.count(),
  };
}

type Kept<Proved> = { readonly labId: string; readonly proved: Proved; readonly bytes: number };

function createMemory<Proved extends object>({ count, bytes }: { readonly count: number; readonly bytes: number }) {
  const kept = new LRUCache<string, Kept<Proved>>({
    max: count,
    maxSize: bytes,
    sizeCalculation: (each) => each.bytes,
  });
  return {
    at(place: ProofPlace): ProofsHere<Proved> {
      return {
        find: (use, credential) => kept.get(nameOf(place, use, credential))?.proved,
        keep(use, credential, proved) {
          const size = nameLength + JSON.stringify(proved).length;
          kept.set(nameOf(place, use, credential), { labId: place.labId, proved: frozen(proved), bytes: size });
        },
      };
    },
    forget(labIds: ReadonlySet<string>): void {
      for (const [name, each] of kept.entries()) if (labIds.has(each.labId)) kept.delete(name);
    },
    count: () => kept.size,
  };
}

const nameLength = 43;

/** No part but the last can have a line feed in it, so two different lists never make one text. */
function nameOf({ labId, variant, keys, settings }: ProofPlace, use: string, credential: string): string {
  return hash("sha256", [labId, variant, keys, settings, use, credential].join("\n"), "base64url");
}

/** All who find it share it. */
function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) frozen(inner);
  return Object.freeze(value);
}
