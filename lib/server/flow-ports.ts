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
import type { Database } from "../stores/prisma/database.ts";
import { createPrismaDenylist } from "../stores/prisma/prisma-denylist.ts";
import { createPrismaRefreshFamilies } from "../stores/prisma/prisma-refresh-families.ts";
import { createPrismaUsers } from "../stores/prisma/prisma-users.ts";
import type { InsideCall } from "./inside-call.ts";
import { keepingSentIds } from "./sent-ids.ts";
import type { AtNode } from "./stores.ts";
import { unsafeContents } from "./unsafe-contents.ts";
import { wireFlow } from "./wire-flow.ts";

export type PortsOptions = {
  readonly database: Database;
  readonly stores: AtNode;
  readonly passwords: Parameters<typeof createPrismaUsers>[0]["passwords"];
  readonly origin: string;
  readonly lab: Lab;
  readonly keys: LabKeys;
  readonly clock: Clock;
  readonly flow: FlowId;
  readonly variant: Variant;
  readonly log: EventLog;
  readonly call: InsideCall;
  readonly randomBytes: RandomBytes;
  readonly proofs: Proofs;
};

/** A variant with the stores, people, keys and clock of one lab. */
function createFlowPorts(options: PortsOptions): FlowDeps {
  const { database, stores, passwords, origin, lab, keys, clock, flow, variant, log, randomBytes, proofs } = options;
  const place = { ...database, labId: lab.id, flow };
  const { carried, around } = unsafeContents(lab.settings);
  const ports = wireFlow({
    ...{ variant, labId: lab.id, issuer: issuerOf(origin, lab.id), keys, clock, log, randomBytes },
    users: createPrismaUsers({ ...place, passwords }),
    records: stores.records(variant.settings, lab, flow),
    data: stores.data(variant.settings, lab, flow),
    families: createPrismaRefreshFamilies(place),
    denylist: createPrismaDenylist(place),
    // The session service is this lab's own introspection endpoint.
    introspection: createHttpIntrospection({
      send: (init) => options.call(`/api/labs/${lab.id}/oauth/introspect`, init),
      asks: keys.client()[0],
    }),
    carried,
    proofs: proofs.at({ labId: lab.id, variant: variant.id, keys: keys.name, settings: nameOfSettings(lab.settings) }),
  });
  return around(ports);
}

const settingsNames = new WeakMap<LabSettings, string>();

/** A lab has the same settings for most of its requests, so they are named once. */
function nameOfSettings(settings: LabSettings): string {
  const name = settingsNames.get(settings) ?? hash("sha256", JSON.stringify(settings), "base64url");
  settingsNames.set(settings, name);
  return name;
}

export type BuiltFlow = { readonly flow: AuthFlow; readonly payments: PaymentSessions | null };

/** The flow with its ports, and its payment sessions. In a watched lab all have tracing decorators. */
export function createLogins(module: FlowModule, options: PortsOptions, recorder: StepRecorder | null): BuiltFlow {
  const { stores, variant, lab } = options;
  const beside = paymentsOf(module.manifest.id);
  const wired = createFlowPorts(options);
  const kept = lab.settings.adoptSentId ? keepingSentIds(wired, { variant, labId: lab.id }) : null;
  const ports = kept?.ports ?? wired;
  let isMade = false;
  // A flow that looks, while it is made, at what its ports can do calls nothing.
  const notMade: NotMadeWords = (did) => (isMade ? notMadeBy(variant)(did) : null);
  const deps = recorder ? watchedPorts(ports, recorder, notMade) : ports;
  const watchedAs = <T extends object>(port: T, actor: StepActor) => (recorder ? traced(port, actor, recorder) : port);
  const records = beside && watchedAs(stores.records(variant.settings, lab, beside.place), "store");
  const { flow, payments } = records
    ? beside.create({ create: module.create, deps, records })
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
