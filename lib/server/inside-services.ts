import type { SigningKey } from "../adapters/derived-keys.ts";
import { createInternalTokens } from "../adapters/jose-internal-tokens.ts";
import type { InternalTokens, Random } from "../core/ports.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { Clock } from "../core/time.ts";
import type { InsideServices, ServiceAnswer } from "../http/application.ts";
import { issuerOf, type Lab } from "../lab/lab.ts";
import { type StepRecorder, traced } from "../lab/trace.ts";
import type { InsideCall } from "./inside-call.ts";

/** The one service behind the gateway: its name is the `aud` of every token for it. */
const service = "orders";

export type InsideServicesOptions = {
  readonly origin: string;
  readonly lab: Lab;
  readonly keys: readonly [SigningKey, ...SigningKey[]];
  readonly clock: Clock;
  readonly call: InsideCall;
  readonly random: Random;
};

/** What the gateway needs to call the service, and the service to verify the call. */
export function createInsideServices(options: InsideServicesOptions, trace: StepRecorder | null): InsideServices {
  const { origin, lab, keys, clock, call, random } = options;
  const issuer = issuerOf(origin, lab.id);
  const own = createInternalTokens({ keys, issuer, audience: service, clock, random });
  const tokens: InternalTokens = trace ? traced(own, "keys", trace) : own;
  const orders = { call: (token: string) => askOrders(call, token) };
  const watched = trace ? traced(orders, "service", trace) : orders;
  return {
    verify: (token) => tokens.verify(token),
    async orders(subject) {
      const token = await tokens.issue(subject);
      const began = performance.now();
      const answer = await watched.call(token);
      return { ...answer, milliseconds: Math.round((performance.now() - began) * 10) / 10 };
    },
  };
}

async function askOrders(call: InsideCall, token: string): Promise<Omit<ServiceAnswer, "milliseconds">> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "user-agent": "loginscope-gateway/1",
  };
  try {
    const response = await call("/api/services/orders", { method: "GET", headers });
    return { service, status: response.status, body: await response.json() };
  } catch (cause) {
    throw new StoreUnavailable(`service ${service}`, { cause });
  }
}
