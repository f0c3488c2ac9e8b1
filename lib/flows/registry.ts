import type { FlowModule } from "../core/flow.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import { createCookieFlow } from "./cookie/flow.ts";
import { manifest as cookie } from "./cookie/manifest.ts";
import { createHybridFlow } from "./hybrid/flow.ts";
import { manifest as hybrid } from "./hybrid/manifest.ts";
import { createMemoryJwtFlow } from "./memory-jwt/flow.ts";
import { manifest as memoryJwt } from "./memory-jwt/manifest.ts";
import { createServerSessionFlow } from "./server-session/flow.ts";
import { manifest as serverSession } from "./server-session/manifest.ts";
import { createLoginsAndPayments, paymentCookie } from "./server-session/payment.ts";

/** The one list of flows. Every page, table, test and benchmark goes through it. */
export const flows = [
  { manifest: cookie, create: createCookieFlow },
  { manifest: serverSession, create: createServerSessionFlow },
  { manifest: memoryJwt, create: createMemoryJwtFlow },
  { manifest: hybrid, create: createHybridFlow },
] as const satisfies readonly FlowModule[];

export const variants = flows.flatMap(({ manifest }): readonly FlowVariant[] => manifest.variants);

export type FlowVariant = FlowModule["manifest"]["variants"][number];

export function findFlow(id: string): FlowModule | undefined {
  return flows.find(({ manifest }) => manifest.id === id);
}

export function findVariant(id: VariantId): FlowVariant | undefined {
  return variants.find((variant) => variant.id === id);
}

/** The flows with payment sessions. These have records and a cookie of their own. */
const payments = [
  {
    flow: serverSession.id,
    place: `${serverSession.id}.payment`,
    cookie: paymentCookie,
    create: createLoginsAndPayments,
  },
] as const;

export function paymentsOf(flow: FlowId): (typeof payments)[number] | undefined {
  return payments.find((each) => each.flow === flow);
}
