import type { LabKeys } from "../../adapters/derived-keys.ts";
import type { RandomBytes } from "../../adapters/node-random.ts";
import type { Proofs } from "../../adapters/proofs.ts";
import type { AuthFlow, FlowModule } from "../../core/flow.ts";
import type { FlowId, VariantId } from "../../core/ids.ts";
import type { EventLog, Random } from "../../core/ports.ts";
import type { Clock } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import type { FlowContext, LabContext } from "../../http/application.ts";
import { placeIn } from "../../lab/cookies/cookie-place.ts";
import { type Lab, type Labs, labClock } from "../../lab/lab.ts";
import { inLab } from "../../lab/lab-settings.ts";
import type { Database } from "../../stores/prisma/database.ts";
import { createPrismaEventLog, listEvents } from "../../stores/prisma/prisma-event-log.ts";
import type { createPrismaLoginUses } from "../../stores/prisma/prisma-login-uses.ts";
import { createPrismaPeople } from "../../stores/prisma/prisma-people.ts";
import { type BuiltFlow, createLabPorts, createLogins, type LabPorts, type PortsOptions } from "../flow-ports.ts";
import { type InsideCall, quietly } from "../inside-call.ts";
import { createInsideServices } from "../inside-services.ts";
import { notingUses, type Use } from "../noting-uses.ts";
import type { Environment } from "../process/env.ts";
import type { AtNode, Stores } from "../stores.ts";
import { knownDevicesIn } from "./known-devices.ts";
import type { RememberedLabs } from "./remembered-labs.ts";
import { triedName } from "./tried-names.ts";
import { peopleOf, type UnwrittenLab } from "./unwritten-labs.ts";

type Parts = {
  readonly env: Environment;
  readonly database: Database;
  readonly stores: Stores;
  readonly flows: readonly FlowModule[];
  /** By their ids. */
  readonly variants: ReadonlyMap<string, Variant>;
  readonly passwords: PortsOptions["passwords"];
  readonly systemClock: Clock;
  readonly report: (error: unknown) => void;
  readonly call: InsideCall;
  readonly randomBytes: RandomBytes;
  readonly random: Random;
  readonly proofs: Proofs;
  readonly uses: ReturnType<typeof createPrismaLoginUses>;
  readonly keysOf: (lab: Lab) => LabKeys;
  readonly labs: Labs;
  readonly changed: RememberedLabs["changed"];
};

/**
 * Binds a lab, as it is now, to its flows and ports. `first`: of a lab without a row; such a lab has issued no credential,
 * and keeps no events. `node`: the stores of another node than this one.
 */
export type BindLab = (lab: Lab, first?: UnwrittenLab | null, node?: AtNode) => LabContext;

export function createLabBinder(parts: Parts): BindLab {
  const { env, database, stores, flows, variants, passwords, systemClock, report, call, randomBytes, random } = parts;
  const { proofs, uses, keysOf, labs, changed } = parts;

  function bind(lab: Lab, first: UnwrittenLab | null = null, node: AtNode = stores): LabContext {
    // Bounded: by the variants; it goes with the lab as it is now.
    const shared = new Map<VariantId, { readonly keys: LabKeys; readonly ports: LabPorts }>();
    const clock = labClock(systemClock, lab.clockOffset);
    const events = { client: database.client, labId: lab.id, clock, failed: report };
    const people = node.reads.people(createPrismaPeople({ ...database, labId: lab.id, random }), lab);

    /** A use is noted with the login, the token and the place. */
    function used(id: VariantId, context: FlowContext): AuthFlow {
      const { flow } = logins(id, context);
      const variant = variants.get(id);
      const { ip, device } = context.client;
      const note = (use: Use) => uses.note({ ...use, labId: lab.id, ip, device, at: clock.now() });
      return variant ? notingUses(flow, variant, note) : flow;
    }

    function portsOf(flow: FlowId, variant: Variant, { trace, uncapped }: FlowContext): LabPorts {
      const settings = uncapped ? { ...lab.settings, parallelLogins: null } : lab.settings;
      return createLabPorts({
        ...{ database, passwords, origin: env.origin, lab, keys: keysOf(lab), clock, randomBytes, proofs, flow },
        reads: node.reads,
        variant: inLab(settings, variant),
        // Read-only calls are not told: a page that reads after each told exchange would never stop.
        call: trace ? call : quietly(call),
      });
    }

    /** Made once a lab and variant, but where they are one request's own. */
    function sharedPortsOf(flow: FlowId, variant: Variant, context: FlowContext): LabPorts {
      if (context.trace || context.uncapped || lab.settings.passwordInside) return portsOf(flow, variant, context);
      // Others once the lab's keys are rotated, and once an earlier one is accepted no more.
      const keys = keysOf(lab);
      const known = shared.get(variant.id);
      if (known?.keys === keys) return known.ports;
      const ports = portsOf(flow, variant, context);
      shared.set(variant.id, { keys, ports });
      return ports;
    }

    function logins(id: VariantId, context: FlowContext): BuiltFlow {
      const module = flows.find(({ manifest }) => manifest.id === id.split("/")[0]);
      const variant = variants.get(id);
      if (!module || !variant) throw new Error(`There is no variant ${id}`);
      const flow = module.manifest.id;
      const log = first ? noLog : createPrismaEventLog({ ...events, flow, variant: id, sender: context.client });
      const ports = sharedPortsOf(flow, variant, context);
      return createLogins(module, { ports, stores: node, lab, log }, context.trace);
    }

    return {
      lab,
      hasRow: first === null,
      clock,
      people: first ? peopleOf(first, people) : people,
      defaultVariant: (flow) => defaultsOf(flows, flow, env.labMode),
      async enable(variant) {
        if (lab.enabled.includes(variant)) return bind(lab, first, node);
        return bind(await changed(lab.id, labs.enable(lab.id, variant)), null, node);
      },
      async rememberPlace(flow) {
        const place = placeIn(flow, lab.settings.cookies);
        if (place) await changed(lab.id, labs.rememberPlace(lab.id, place));
      },
      flow: used,
      payments: (id, context) => logins(id, context).payments,
      inside: (trace) =>
        createInsideServices(
          { origin: env.origin, lab, keys: keysOf(lab).signing("EdDSA"), clock, call, random },
          trace,
        ),
      atOtherNode: () => bind(lab, first, stores.otherNode),
      readHits: (flow) => node.reads.hits(lab.id, flow),
      forgetMemory: () => node.forget(lab.id),
      // Keys are derived where they are needed.
      get knownDevices() {
        return knownDevicesIn(lab.id, keysOf(lab), random);
      },
      tried: (username) => triedName(people, keysOf(lab), username),
      events: (page) => listEvents(database.client, lab.id, page),
      uses: (recordIds) => uses.of(lab.id, recordIds),
      audit(event, { client, flow, variant }) {
        if (!first) createPrismaEventLog({ ...events, flow, variant, sender: client }).record(event);
      },
    };
  }

  return bind;
}

const noLog: EventLog = { record: () => {} };

/** The variant with which a login begins that names none. */
export function defaultsOf(flows: readonly FlowModule[], flow: string, labMode: boolean) {
  const manifest = flows.find((each) => each.manifest.id === flow)?.manifest;
  if (!manifest) throw new Error(`There is no flow ${flow}`);
  return labMode ? manifest.defaults.lab : manifest.defaults.production;
}
