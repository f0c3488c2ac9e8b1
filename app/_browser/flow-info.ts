import type { CookieSpec } from "@/lib/core/cookie.ts";
import type { VariantId } from "@/lib/core/ids.ts";
import type { StoreName } from "@/lib/core/settings.ts";
import type { FlowManifest } from "@/lib/core/variant.ts";
import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { CredentialView, HeldView, LabView, VariantView } from "@/lib/lab/lab-view.ts";
import type { StoreView } from "@/lib/lab/store-view.ts";
import { isLive } from "./life/record-life.ts";

/** The part of a flow's manifest that pages show. */
export type FlowInfo = Pick<FlowManifest, "id" | "title" | "trusts" | "therefore" | "cookies"> & {
  /** The cookie of a payment session beside a login. Absent: this flow has none. */
  readonly payment?: CookieSpec;
  /** How the flow's first variant sends its credential. */
  readonly presents: "cookie" | "bearer";
  /** The cookies that only renew the credential of a request. */
  readonly renewedBy: readonly string[];
  /** The stores that its variants name. */
  readonly stores: Readonly<Record<StoreName, StoreView>>;
};

const nothingHeld: HeldView = {
  login: { accepted: false, code: "NO_CREDENTIAL" },
  credentials: [],
  records: [],
  unanswered: [],
};

/** The current state of one flow in this lab. A flow that the answer leaves out has no credential. */
export function heldBy(view: LabView, flow: FlowInfo): HeldView {
  return view.held[flow.id] ?? nothingHeld;
}

export function variantsOf(view: LabView, flow: FlowInfo): readonly VariantView[] {
  return view.variants.filter((variant) => variant.flow === flow.id);
}

/** The variant that a page shows: the one picked for the next login, else the live login's, else the default. */
export function shownVariant(view: LabView, flow: FlowInfo, picked: VariantId | undefined): VariantView | undefined {
  const variants = variantsOf(view, flow);
  const { login } = heldBy(view, flow);
  const wanted = picked ?? (login.accepted ? login.variant : view.settings.defaults[flow.id]);
  return variants.find((variant) => variant.id === wanted) ?? variants[0];
}

/** The variant whose rules apply now: that of the live login, else that of the next login. */
export function ruledBy(view: LabView, flow: FlowInfo, picked: VariantId | undefined): VariantView | undefined {
  const held = heldBy(view, flow);
  const id = held.login.accepted ? held.login.variant : renewableRecord(view, flow)?.variant;
  return view.variants.find((variant) => variant.id === id) ?? shownVariant(view, flow, picked);
}

/** The server believes its token alone while that lives, although the token is in a cookie. */
export function believesTokenAlone(variant: VariantView | undefined): boolean {
  return variant?.settings.proof === "token-renewed-by-record";
}

/** The application calls a service for its logins. */
export function hasGateway({ settings }: VariantView): boolean {
  return settings.inside !== null;
}

/** The live record of a credential that renews others: the login goes on even if its access token has ended or is gone. */
export function renewableRecord(view: LabView, flow: FlowInfo): RecordView | undefined {
  const { credentials, records } = heldBy(view, flow);
  const ids = credentials.filter((credential) => isRefreshToken(flow, credential)).map(({ recordId }) => recordId);
  return records?.find((record) => ids.includes(record.id) && isLive(record, Date.parse(view.clock.now)));
}

/** The record that this browser's credential points at, live or ended. */
export function ownRecord(held: HeldView): RecordView | undefined {
  const { login, credentials, records } = held;
  const ids = [login.accepted ? login.recordId : null, ...credentials.map((credential) => credential.recordId)];
  return records?.find((record) => ids.includes(record.id));
}

/** The person behind this browser's requests in this flow, if there is one. */
export function personIn(held: HeldView): string | null {
  return held.login.accepted ? held.login.user.username : null;
}

/** Whether this is one of the flow's cookies, under any prefix that a lab can choose. */
export function isCookieOf(flow: Pick<FlowInfo, "cookies">, name: string): boolean {
  return flow.cookies.some((cookie) => isSameCookie(cookie.name, name));
}

/** The name of a refresh token that the page keeps. Otherwise it has the name of a cookie. */
export const keptRefreshToken = "refresh token";

/** A refresh token does not authenticate a request. It is exchanged for a new access token. */
export function isRefreshToken(flow: Pick<FlowInfo, "renewedBy">, { name }: Pick<CredentialView, "name">): boolean {
  return name === keptRefreshToken || renews(flow, name);
}

/** Whether this cookie renews the flow's credentials, under any prefix that a lab can choose. */
export function renews(flow: Pick<FlowInfo, "renewedBy">, name: string): boolean {
  return flow.renewedBy.some((own) => isSameCookie(own, name));
}
