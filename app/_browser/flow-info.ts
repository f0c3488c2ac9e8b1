import type { CookieSpec } from "@/lib/core/cookie.ts";
import type { VariantId } from "@/lib/core/ids.ts";
import type { StoreName } from "@/lib/core/settings.ts";
import type { FlowManifest } from "@/lib/core/variant.ts";
import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { HeldView, LabView, RecordView, VariantView } from "@/lib/lab/lab-view.ts";
import type { StoreView } from "@/lib/lab/store-view.ts";

/** What a page says about a flow besides what this lab holds; a part of its manifest. */
export type FlowInfo = Pick<FlowManifest, "id" | "title" | "trusts" | "therefore" | "cookies"> & {
  /** The cookie of a payment session beside a login. Absent: this flow has none. */
  readonly payment?: CookieSpec;
  /** How its plainest variant proves who asks. */
  readonly presents: "cookie" | "bearer";
  /** The cookies that only renew what proves who asks. */
  readonly renewedBy: readonly string[];
  /** What there is to say of the stores that its variants name. */
  readonly stores: Readonly<Record<StoreName, StoreView>>;
};

const nothingHeld: HeldView = {
  login: { accepted: false, code: "NO_CREDENTIAL" },
  credentials: [],
  records: [],
  unanswered: [],
};

/** One flow in this lab, right now. A flow that the answer leaves out holds nothing. */
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

/** The variant whose rules apply to what is held: the live login's, else the one that the next login gets. */
export function ruledBy(view: LabView, flow: FlowInfo, picked: VariantId | undefined): VariantView | undefined {
  const held = heldBy(view, flow);
  const id = held.login.accepted ? held.login.variant : renewableVariant(flow, held);
  return view.variants.find((variant) => variant.id === id) ?? shownVariant(view, flow, picked);
}

/** Its token is in a cookie, and still nothing else is asked while that lives. */
export function believesTokenAlone(variant: VariantView | undefined): boolean {
  return variant?.settings.proof === "token-renewed-by-record";
}

/** What proves who asks is over or gone, and what renews it is not. */
function renewableVariant(flow: FlowInfo, { credentials, records }: HeldView): VariantId | undefined {
  const ids = credentials.filter(({ name }) => renews(flow, name)).map(({ recordId }) => recordId);
  return records?.find(({ id, ended }) => ids.includes(id) && ended === null)?.variant;
}

/** The record behind this browser's login: the one its credential points at, ended or not. */
export function ownRecord(held: HeldView): RecordView | undefined {
  const { login, credentials, records } = held;
  const ids = [login.accepted ? login.recordId : null, ...credentials.map((credential) => credential.recordId)];
  return records?.find((record) => ids.includes(record.id));
}

/** The person whom this browser's requests speak for in this flow, if any. */
export function personIn(held: HeldView): string | null {
  return held.login.accepted ? held.login.user.username : null;
}

/** Is that one of the flow's cookies, under whichever prefix this lab sends it? */
export function isCookieOf(flow: Pick<FlowInfo, "cookies">, name: string): boolean {
  return flow.cookies.some((cookie) => isSameCookie(cookie.name, name));
}

/** Is that the credential which gets the flow new ones, under whichever prefix this lab sends it? */
export function renews(flow: Pick<FlowInfo, "renewedBy">, name: string): boolean {
  return flow.renewedBy.some((own) => isSameCookie(own, name));
}
