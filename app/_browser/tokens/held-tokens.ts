import type { CredentialView, LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy, keptRefreshToken } from "../flow-info.ts";

/** The name of a credential that a page writes into a header. */
export function isAccessToken({ name }: Pick<CredentialView, "name">): boolean {
  return name === "access token";
}

/** Otherwise the name of a cookie. */
export function isKeptByPage({ name }: Pick<CredentialView, "name">): boolean {
  return isAccessToken({ name }) || name === keptRefreshToken;
}

/** Adds the refresh token that the page keeps to the credentials that its last request carried. */
export function withRefreshToken(view: LabView, flows: readonly FlowInfo[], kept: string | null): LabView {
  const flow = flows.find(({ presents }) => presents === "bearer");
  if (kept === null || !flow) return view;
  const held = heldBy(view, flow);
  const recordId = held.credentials.find(isAccessToken)?.recordId ?? null;
  const bytes = new TextEncoder().encode(kept).length;
  const token = { name: keptRefreshToken, value: kept, bytes, decoded: null, warnings: [], recordId };
  return { ...view, held: { ...view.held, [flow.id]: { ...held, credentials: [...held.credentials, token] } } };
}
