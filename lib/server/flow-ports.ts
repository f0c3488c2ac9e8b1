import { hash } from "node:crypto";
import type { LabKeys } from "../adapters/derived-keys.ts";
import { createHttpIntrospection } from "../adapters/http-introspection.ts";
import type { RandomBytes } from "../adapters/node-random.ts";
import type { Proofs } from "../adapters/proofs.ts";
import type { AuthFlow, FlowModule } from "../core/flow.ts";
import type { FlowId } from "../core/ids.ts";
import type { EventLog, FlowDeps } from "../core/ports.ts";
import type { Clock } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import { paymentsOf } from "../flows/registry.ts";
import type { PaymentSessions } from "../http/application.ts";
import type { StepActor } from "../lab/feed/exchange.ts";
import { issuerOf, type Lab } from "../lab/lab.ts";
import type { LabSettings } from "../lab/lab-settings.ts";
import { notMadeBy } from "../lab/reason/not-made.ts";
import { type NotMadeWords, type StepRecorder, traced, tracedRefusals } from "../lab/trace.ts";
import type { CachedReads } from "../stores/cached/cached-reads.ts";
import type { Database } from "../stores/prisma/database.ts";
import { createPrismaDenylist } from "../stores/prisma/prisma-denylist.ts";
import { createPrismaRefreshFamilies } from "../stores/prisma/prisma-refresh-families.ts";
import { createPrismaUsers } from "../stores/prisma/prisma-users.ts";
import type { InsideCall } from "./inside-call.ts";
import { keepingSentIds } from "./sent-ids.ts";
import type { AtNode } from "./stores.ts";
import { unsafeContents } from "./unsafe-contents.ts";
import { type WiredPorts, wireFlow } from "./wire-flow.ts";

export type PortsOptions = {
  readonly database: Database;
  readonly passwords: Parameters<typeof createPrismaUsers>[0]["passwords"];
  readonly origin: string;
  readonly lab: Lab;
  readonly keys: LabKeys;
  readonly clock: Clock;
  readonly flow: FlowId;
  readonly variant: Variant;
  readonly call: InsideCall;
  readonly randomBytes: RandomBytes;
  readonly proofs: Proofs;
  /** What this node remembers of what stores said. */
  readonly reads: CachedReads;
};

/** A variant with the people, keys and clock of one lab. */
export type LabPorts = {
  readonly variant: Variant;
  readonly wired: WiredPorts;
  readonly around: ReturnType<typeof unsafeContents>["around"];
};

/**
 * The ports of one lab. They keep nothing of a request, and are the same for all of them; but where a lab puts passwords
 * into its credentials, they are those of one request.
 */
export function createLabPorts(options: PortsOptions): LabPorts {
  const { database, passwords, origin, lab, keys, clock, flow, variant, randomBytes, proofs, reads } = options;
  const place = { ...database, labId: lab.id, flow };
  const remembered = { lab, flow, clock, cached: lab.settings.readCache };
  const { carried, around } = unsafeContents(lab.settings);
  const wired = wireFlow({
    ...{ variant, labId: lab.id, issuer: issuerOf(origin, lab.id), keys, clock, randomBytes },
    users: reads.users(createPrismaUsers({ ...place, passwords }), remembered),
    families: createPrismaRefreshFamilies(place),
    denylist: reads.denylist(createPrismaDenylist(place), remembered),
    // The session service is this lab's own introspection endpoint.
    introspection: createHttpIntrospection({
      send: (init) => options.call(`/api/labs/${lab.id}/oauth/introspect`, init),
      asks: keys.client()[0],
    }),
    carried,
    proofs: proofs.at({ labId: lab.id, variant: variant.id, keys: keys.name, settings: nameOfSettings(lab.settings) }),
  });
  return { variant, wired, around };
}

const settingsNames = new WeakMap<LabSettings, string>();

/** A lab has the same settings for most of its requests, so they are named once. */
function nameOfSettings(settings: LabSettings): string {
  const name = settingsNames.get(settings) ?? hash("sha256", JSON.stringify(settings), "base64url");
  settingsNames.set(settings, name);
  return name;
}

export type BuiltFlow = { readonly flow: AuthFlow; readonly payments: PaymentSessions | null };

export type LoginsOptions = {
  readonly ports: LabPorts;
  readonly stores: AtNode;
  readonly lab: Lab;
  readonly log: EventLog;
};

/**
 * The flow with its ports, and its payment sessions, for one request. A store may forget a lab between two requests, so
 * it is asked for the lab's records each time. In a watched lab all have tracing decorators.
 */
export function createLogins(module: FlowModule, options: LoginsOptions, recorder: StepRecorder | null): BuiltFlow {
  const { ports: own, stores, lab, log } = options;
  const { variant } = own;
  const flowId = module.manifest.id;
  const beside = paymentsOf(flowId);
  const [records, data] = [stores.records(variant.settings, lab, flowId), stores.data(variant.settings, lab, flowId)];
  const whole = own.around({ ...own.wired, records, data, log });
  const kept = lab.settings.adoptSentId ? keepingSentIds(whole, { variant, labId: lab.id }) : null;
  const ports = kept?.ports ?? whole;
  let isMade = false;
  // A flow that looks, while it is made, at what its ports can do calls nothing.
  const notMade: NotMadeWords = (did) => (isMade ? notMadeBy(variant)(did) : null);
  const deps = recorder ? watchedPorts(ports, recorder, notMade) : ports;
  const watchedAs = <T extends object>(port: T, actor: StepActor) => (recorder ? traced(port, actor, recorder) : port);
  const paid = beside && watchedAs(stores.records(variant.settings, lab, beside.place), "store");
  const { flow, payments } = paid
    ? beside.create({ create: module.create, deps, records: paid })
    : { flow: module.create(deps), payments: null };
  isMade = true;
  return { flow: watchedAs(kept?.flow(flow) ?? flow, "flow"), payments };
}

function watchedPorts(ports: FlowDeps, recorder: StepRecorder, notMade: NotMadeWords): FlowDeps {
  return {
    ...ports,
    users: traced(ports.users, "users", recorder),
    records: traced(ports.records, "store", recorder),
    data: traced(ports.data, "store", recorder),
    families: traced(ports.families, "store", recorder),
    revocation: traced(ports.revocation, "policy", recorder, notMade),
    signer: traced(ports.signer, "keys", recorder),
    cookieState: traced(ports.cookieState, "cookie", recorder),
    secrets: traced(ports.secrets, "secrets", recorder),
    introspection: traced(ports.introspection, "service", recorder),
    refuse: tracedRefusals(ports.refuse, recorder),
  };
}
