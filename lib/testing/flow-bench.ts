import { deriveLabKeys } from "../adapters/derived-keys.ts";
import type { AuthFlow, FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { AuthEvent, FlowDeps } from "../core/ports.ts";
import { refuse } from "../core/result.ts";
import type { Clock, Duration } from "../core/time.ts";
import type { UserId } from "../core/user.ts";
import type { Variant } from "../core/variant.ts";
import { wireFlow } from "../server/wire-flow.ts";
import { createMemoryPorts } from "../stores/memory/memory-ports.ts";
import type { KeptPerson } from "../stores/memory/memory-users.ts";
import { type Browser, createBrowser } from "./browser.ts";

export type FlowBench = {
  readonly variant: Variant;
  /** With the current keys; has to be read again after a rotation. */
  readonly flow: AuthFlow;
  readonly ports: FlowDeps;
  readonly clock: Clock & { advance(by: Duration): void };
  readonly events: readonly AuthEvent[];
  browser(): Browser;
  person(username: Username): KeptPerson;
  change(username: Username, to: Partial<Omit<KeptPerson, "id">>): void;
  /** New keys for all later signatures and seals; with overlap the older ones still count. */
  rotateKeys(overlap: boolean): void;
};

export type Username = "alice" | "bob";

const labId = "bench";

/**
 * One variant of a flow for a test: stores in memory, a clock that the test moves, and the real signer, cookie
 * encoding, secrets and keys. `around` may wrap ports, to watch or to break them.
 */
export function createFlowBench(
  module: FlowModule,
  variantId: VariantId,
  around: (ports: FlowDeps) => FlowDeps = (ports) => ports,
): FlowBench {
  const variant = module.manifest.variants.find(({ id }) => id === variantId);
  if (!variant) throw new Error(`There is no variant ${variantId}`);

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
  const events: AuthEvent[] = [];
  const kept = {
    ...createMemoryPorts({ people, passwords }),
    ...{ variant, labId, clock, issuer: `https://login.test/api/labs/${labId}` },
  };
  const log = { record: (event: AuthEvent) => void events.push(event) };

  /**
   * The session service is the same flow, called as the endpoint calls it. For a token that is not active it tells no
   * more than that.
   */
  const introspection: FlowDeps["introspection"] = {
    async ask(token, { touch, client }) {
      const cookies = { get: () => undefined, set() {}, fits: () => true };
      const looked = await flow.look?.({ cookies, client, refreshToken: token }, { touch, sender: client });
      return looked?.ok ? looked : refuse("INVALID_CREDENTIAL");
    },
  };

  function portsWith(generations: readonly [number, ...number[]]): FlowDeps {
    const keys = deriveLabKeys({ secrets: ["known to this bench alone"], labId, salt: "salt", generations });
    const { records, data } = kept;
    return around({ ...wireFlow({ ...kept, keys, introspection }), records, data, log });
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
