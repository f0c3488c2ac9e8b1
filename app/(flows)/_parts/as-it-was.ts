import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { CredentialView, HeldView, LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy } from "../../_browser/flow-info.ts";
import { exchangeKey } from "../../_exchanges/person-requests.ts";
import { isFlowCookie, isOver } from "../../_panes/browser-pane.tsx";
import { masked } from "../../_ui/mask.ts";

/** A credential as the page saw it in the browser at one moment. Its value is masked and cannot be revealed later. */
export type CredentialThen = {
  readonly name: string;
  readonly shown: string;
  readonly recordId: string | null;
  /** The server did not accept it any more. */
  readonly over: boolean;
  readonly inCookie: boolean;
};

/** What the page saw of the browser after an exchange, and when it looked, on the lab's clock. */
type BrowserLook = { readonly readAt: number; readonly credentials: readonly CredentialThen[] };

/** By the key of the exchange. */
export type BrowserThen = ReadonlyMap<string, BrowserLook>;

/** As many exchanges as the server keeps. */
const most = 60;

/**
 * The same with what the browser holds now, if the page has read the lab since this exchange was answered. `newest`: the
 * last exchange that the person caused and that the page was told of. A look that was made after this one had begun says
 * nothing of an earlier one, and is dropped: after a reload the page is told of all of them, one after the other.
 */
export function withBrowserNow(
  seen: BrowserThen,
  { newest, view, flow }: { readonly newest: Exchange | undefined; readonly view: LabView; readonly flow: FlowInfo },
): BrowserThen {
  const now = Date.parse(view.clock.now);
  if (!newest || seen.has(exchangeKey(newest))) return seen;
  const earlier = [...seen].filter(([, { readAt }]) => readAt < newest.at);
  if (now < newest.at + newest.took) return earlier.length === seen.size ? seen : new Map(earlier);
  const held = heldBy(view, flow);
  const credentials = held.credentials.map((credential) => ({
    name: credential.name,
    shown: masked(credential.value),
    recordId: credential.recordId,
    over: isOver(flow, held, credential, now),
    inCookie: isFlowCookie(flow, credential),
  }));
  return new Map([...earlier.slice(1 - most), [exchangeKey(newest), { readAt: now, credentials }]]);
}

/** An older exchange, and what the browser and the server held then. */
export type Then = {
  readonly exchange: Exchange;
  /** `undefined`: the page did not look between this exchange and the next one. */
  readonly browser: readonly CredentialThen[] | undefined;
  /** The same of the exchange before it. */
  readonly browserBefore: readonly CredentialThen[] | undefined;
};

/** When an exchange was answered, on the lab's clock. */
export function answeredAt({ at, took }: Exchange): number {
  return at + Math.round(took);
}

/** The server's side of that moment, with what the browser held then, in the form in which the pane shows it. */
export function heldThen(records: readonly RecordView[] | null, browser: readonly CredentialThen[] = []): HeldView {
  const credentials: readonly CredentialView[] = browser.map(({ name, shown, recordId }) => ({
    ...{ name, value: shown, recordId },
    ...{ bytes: 0, decoded: null, warnings: [] },
  }));
  return { login: { accepted: false, code: "NO_CREDENTIAL" }, credentials, records, unanswered: [] };
}
