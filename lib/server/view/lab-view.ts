import type { CookieSpec } from "../../core/cookie.ts";
import { cookiesOf, provesByHeader } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { FlowId } from "../../core/ids.ts";
import type { StoreName } from "../../core/settings.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { flows, paymentsOf } from "../../flows/registry.ts";
import type { AuditView, LabView } from "../../lab/lab-view.ts";
import type { MatrixView } from "../../lab/played-cells.ts";
import { credentialWords } from "../../lab/reason/credential-words.ts";
import { type ReasonedSheet, reasonedSheet } from "../../lab/reason/reasoned-claims.ts";
import { type SettingWords, settingWords } from "../../lab/settings/setting-words.ts";
import type { StoreView } from "../../lab/store-view.ts";
import { keeperOf, storeModule } from "../../stores/registry.ts";
import { application } from "../application.ts";

export type FlowSummary = Pick<FlowManifest, "id" | "title" | "trusts" | "therefore" | "cookies"> & {
  /** The cookie of a payment session beside a login. Absent: this flow has none. */
  readonly payment?: CookieSpec;
  /** How the flow's plainest variant proves who asks. */
  readonly presents: "cookie" | "bearer";
  /** The cookies that only renew. */
  readonly renewedBy: readonly string[];
  /** The state of the stores that the lab's variants name, and of the stores behind them. */
  readonly stores: Readonly<Record<StoreName, StoreView>>;
};

/** What a page says of each flow, from its manifest. */
export const flowSummaries: readonly FlowSummary[] = flows.map(({ manifest }: FlowModule) => {
  const { id, title, trusts, therefore, cookies, variants } = manifest;
  const payment = paymentsOf(id)?.cookie;
  const presents = provesByHeader(variants[0]) ? "bearer" : "cookie";
  const renewedBy = cookiesOf(manifest, "refresh");
  const stores = storeViewsOf(variants);
  return { id, title, trusts, therefore, cookies, presents, renewedBy, stores, ...(payment && { payment }) };
});

function storeViewsOf(variants: readonly Variant[]): FlowSummary["stores"] {
  const named = variants.flatMap(({ settings }) => settings.store ?? []);
  const views = [...named, ...named.map(keeperOf)].map((name) => {
    const { title, keeps, sharing } = storeModule(name);
    return [name, { title, keeps, sharing }] as const;
  });
  return Object.fromEntries(views);
}

/** Every variant with its claims, and the credentials of its client. */
export const matrixVariants = flows.flatMap(({ manifest }: FlowModule) =>
  manifest.variants.map((variant) => {
    const { id, title, safety, holds, claims, means = {}, settings } = variant;
    return {
      ...{ id, title, safety, flow: manifest.id, claims, means },
      isDefault: id === manifest.defaults.lab,
      credentials: holds.map(({ credential }) => credential),
      words: Object.fromEntries(holds.map(({ credential }) => [credential, credentialWords(variant, credential)])),
      settings,
    };
  }),
);

/** What each variant of a flow claims. */
export function claimSheetsOf(flow: FlowId): readonly ReasonedSheet[] {
  const { manifest }: Partial<FlowModule> = flows.find(({ manifest: { id } }) => id === flow) ?? {};
  return manifest?.variants.map(reasonedSheet) ?? [];
}

/** The settings of a lab, as they are said beside a flow. */
export function settingWordsOf(id: FlowId): readonly SettingWords[] {
  const flow = flowSummaries.find((each) => each.id === id);
  const variants: readonly Variant[] = flows.find(({ manifest }) => manifest.id === id)?.manifest.variants ?? [];
  return flow ? settingWords(flow, variants) : [];
}

/** The newest events of the lab behind the cookies of a page's own request; `null` as for the lab itself. */
export async function readAuditView(headers: Headers): Promise<AuditView | null> {
  return (await application()).pages.audit(headers);
}

/**
 * The lab behind the cookies of a page's own request, as `GET /api/lab` would answer it. `null`: there is
 * none to show, outside lab mode or where another site asked for the page.
 */
export async function readLabView(headers: Headers): Promise<LabView | null> {
  return (await application()).pages.lab(headers);
}

/** The matrix cells that this lab has played; `null` as for the lab itself. */
export async function readMatrixView(headers: Headers): Promise<MatrixView | null> {
  return (await application()).pages.matrix(headers);
}
