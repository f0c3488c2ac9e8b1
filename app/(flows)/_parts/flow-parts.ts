import type { FlowSource } from "@/lib/features/source/model.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { SettingWords } from "@/lib/lab/settings/setting-words.ts";
import type { FlowProps } from "../../_browser/flow-props.ts";
import type { Claimed } from "../../_claims/claims-screen.tsx";

/** What every section of a flow's page is given. */
export type FlowParts = FlowProps & {
  readonly claimed: Claimed;
  readonly source: FlowSource;
  readonly settingRows: readonly SettingWords[];
};

/** The shown exchange, and the exchanges of this flow, newest first. */
export type ShownExchange = { readonly picked: Exchange | undefined; readonly exchanges: readonly Exchange[] };
