import { type Answer, ask } from "../_browser/api.ts";
import type { CalledFlow } from "../_browser/flow-calls.ts";

/** Times are ISO 8601, on the lab's clock. */
export type PaymentTimes = { readonly openedAt: string; readonly expiresAt: string };

export function openPayment({ id }: CalledFlow): Promise<Answer<PaymentTimes>> {
  return ask(`/api/${id}/payment`, { method: "POST" });
}

export function lookAtPayment({ id }: CalledFlow): Promise<Answer<PaymentTimes>> {
  return ask(`/api/${id}/payment`);
}

export function endPayment({ id }: CalledFlow): Promise<Answer<unknown>> {
  return ask(`/api/${id}/payment`, { method: "DELETE" });
}

export function pay({ id }: CalledFlow, to: string, amount: number): Promise<Answer<{ readonly balance: number }>> {
  return ask(`/api/${id}/pay`, { method: "POST", body: { to, amount } });
}
