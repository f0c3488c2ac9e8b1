import type { CredentialView, LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy, renews } from "../flow-info.ts";

/** What a page wrote into a header. */
export function isAccessToken({ name }: Pick<CredentialView, "name">): boolean {
  return name === "access token";
}

const refreshTokenName = "refresh token";

/** Otherwise it is a cookie, and this is its name. */
export function isKeptByPage({ name }: Pick<CredentialView, "name">): boolean {
  return isAccessToken({ name }) || name === refreshTokenName;
}

/** It proves nothing by itself: it gets a new access token. */
export function isRefreshToken(flow: FlowInfo, { name }: Pick<CredentialView, "name">): boolean {
  return name === refreshTokenName || renews(flow, name);
}

/** Adds a refresh token that the page keeps, as it holds it, to what came along with its last question. */
export function withRefreshToken(view: LabView, flows: readonly FlowInfo[], kept: string | null): LabView {
  const flow = flows.find(({ presents }) => presents === "bearer");
  if (kept === null || !flow) return view;
  const held = heldBy(view, flow);
  const recordId = held.credentials.find(isAccessToken)?.recordId ?? null;
  const bytes = new TextEncoder().encode(kept).length;
  const token = { name: refreshTokenName, value: kept, bytes, decoded: null, warnings: [], recordId };
  return { ...view, held: { ...view.held, [flow.id]: { ...held, credentials: [...held.credentials, token] } } };
}
