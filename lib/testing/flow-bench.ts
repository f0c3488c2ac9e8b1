import { cookieEncodings } from "../adapters/cookie-encodings.ts";
import { createCookieState } from "../adapters/cookie-state.ts";
import { deriveLabKeys } from "../adapters/derived-keys.ts";
import { idSecrets } from "../adapters/id-secrets.ts";
import { createJoseSigner } from "../adapters/jose-signer.ts";
import { createNodeRandom } from "../adapters/node-random.ts";
import type { AuthFlow, FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { AuthEvent, FlowDeps } from "../core/ports.ts";
import { refuse } from "../core/result.ts";
import type { Clock, Duration } from "../core/time.ts";
import type { UserId } from "../core/user.ts";
import type { Variant } from "../core/variant.ts";
import { revocations } from "../revocation/registry.ts";
import { createMemoryDenylist } from "../stores/memory/memory-denylist.ts";
import { createMemoryRecords } from "../stores/memory/memory-records.ts";
import { createMemoryRefreshFamilies } from "../stores/memory/memory-refresh-families.ts";
import { createMemorySessionData, type Shelf } from "../stores/memory/memory-session-data.ts";
import { createMemoryUsers, type KeptPerson } from "../stores/memory/memory-users.ts";
import { type Browser, createBrowser } from "./browser.ts";

export type FlowBench = {
  readonly variant: Variant;
  /** As the keys are now: ask for it anew after a rotation. */
  readonly flow: AuthFlow;
  readonly ports: FlowDeps;
  readonly clock: Clock & { advance(by: Duration): void };
  readonly events: readonly AuthEvent[];
  browser(): Browser;
  person(username: Username): KeptPerson;
  change(username: Username, to: Partial<Omit<KeptPerson, "id">>): void;
  /** New keys for everything that is signed or sealed from now on; with overlap the older ones still count. */
  rotateKeys(overlap: boolean): void;
};

export type Username = "alice" | "bob";

const labId = "bench";

/**
 * One variant of a flow on a bench: stores in memory, a clock that is moved by hand, and the real
 * signer, encoding of cookies, secrets and keys. `around` may wrap ports, to watch them or to break them.
 */
export function createFlowBench(
  module: FlowModule,
  variantId: VariantId,
  around: (ports: FlowDeps) => FlowDeps = (ports) => ports,
): FlowBench {
  const variant = module.manifest.variants.find(({ id }) => id === variantId);
  if (!variant) throw new Error(`There is no variant ${variantId}`);

  const { encoding = "sealed", id = "opaque" } = variant.settings;
  // A whole second, since tokens know no smaller unit (RFC 7519 §2, NumericDate).
  let now = Date.UTC(2030, 0, 1, 12);
  const clock = {
    now: () => now,
    advance(by: Duration) {
      now += by;
    },
  };
  const people = new Map<UserId, KeptPerson>([personOf("alice"), personOf("bob")].map((each) => [each.id, each]));
  const passwords = { verify: async (hash: string | null, password: string) => hash === `hash of ${password}` };
  const users = createMemoryUsers({ people, passwords });
  const events: AuthEvent[] = [];
  const shelf: Shelf = new Map();
  const kept = {
    variant: variant.id,
    settings: variant.settings,
    users,
    records: createMemoryRecords({ shelf }),
    data: createMemorySessionData(shelf),
    families: createMemoryRefreshFamilies(),
    revocation: revocations[variant.settings.revocation]({ users, denylist: createMemoryDenylist(), clock }),
    random: createNodeRandom(),
    clock,
    log: { record: (event: AuthEvent) => void events.push(event) },
    refuse,
  };

  /** The session service is the same flow, asked as the endpoint asks it; of what is not active it tells nothing else. */
  const introspection: FlowDeps["introspection"] = {
    async ask(token, how) {
      const client = { ip: "", userAgent: "", device: "" };
      const cookies = { get: () => undefined, set() {} };
      const looked = await flow.look?.({ cookies, client, refreshToken: token }, how);
      return looked?.ok ? looked : refuse("INVALID_CREDENTIAL");
    },
  };

  function portsWith(generations: readonly [number, ...number[]]): FlowDeps {
    const keys = deriveLabKeys({ secrets: ["known to this bench alone"], labId, salt: "salt", generations });
    const address = `${labId}.${variantId.split("/")[1]}`;
    const issuer = `https://login.test/api/labs/${labId}`;
    return around({
      ...kept,
      signer: createJoseSigner({
        keys: keys.signing(variant?.settings.algorithm ?? "EdDSA"),
        issuer,
        variant: variantId,
        skew: variant?.settings.lifetimes.skew ?? 0,
        clock,
      }),
      cookieState: createCookieState(address, cookieEncodings[encoding]({ address, variant: variantId, keys })),
      secrets: idSecrets[id]({ address, variant: variantId, keys }),
      introspection,
    });
  }

  let generations: readonly [number, ...number[]] = [1];
  let ports = portsWith(generations);
  let flow = module.create(ports);

  function person(username: Username): KeptPerson {
    const found = people.get(idOf(username));
    if (!found) throw new Error(`Nobody is called ${username}`);
    return found;
  }

  return {
    variant,
    get flow() {
      return flow;
    },
    get ports() {
      return ports;
    },
    clock,
    events,
    browser: () => createBrowser(() => flow),
    person,
    change: (username, to) => void people.set(idOf(username), { ...person(username), ...to }),
    rotateKeys(overlap) {
      generations = [generations[0] + 1, ...(overlap ? generations : [])];
      ports = portsWith(generations);
      flow = module.create(ports);
    },
  };
}

export function passwordOf(username: Username): string {
  return `${username} likes tea`;
}

function idOf(username: Username): UserId {
  return `${username}-id`;
}

function personOf(username: Username): KeptPerson {
  return {
    id: idOf(username),
    username,
    displayName: username.toUpperCase(),
    role: "user",
    disabled: false,
    passwordHash: `hash of ${passwordOf(username)}`,
  };
}
