import type { FlowSource } from "@/lib/features/source/model.ts";
import type { HeldView, LabView, VariantView } from "@/lib/lab/lab-view.ts";
import type { ReasonedSheet } from "@/lib/lab/reason/reasoned-claims.ts";
import { settingValue } from "@/lib/lab/settings/setting-values.ts";
import type { SettingWords } from "@/lib/lab/settings/setting-words.ts";

/** A section of the flow's page, and how much stands in it. */
export type IndexEntry = { readonly id: string; readonly title: string; readonly count?: string };

type Counted = {
  readonly held: HeldView;
  readonly variant: VariantView | undefined;
  readonly claims: readonly ReasonedSheet[];
  readonly settings: LabView["settings"];
  readonly settingRows: readonly SettingWords[];
  readonly source: FlowSource;
  /** How many exchanges of this flow the page has. */
  readonly exchanges: number;
};

/** The sections in their order on the page. */
export function indexEntries({ held, variant, claims, source, exchanges, ...chosen }: Counted): readonly IndexEntry[] {
  return [
    { id: "now", title: "Now" },
    { id: "taken-apart", title: "Credential taken apart", count: checksWords(held) },
    { id: "source", title: "Source", count: counted(filesOf(source, variant), "file") },
    { id: "claims", title: "Claims", count: String(claimsOf(claims, variant)) },
    { id: "settings", title: "Settings", count: settingsWords(chosen) },
    { id: "history", title: "History", count: counted(exchanges, "exchange") },
    { id: "try", title: "With the login" },
  ];
}

/** The checks that the server makes of what this browser holds. */
function checksWords({ credentials }: HeldView): string {
  if (credentials.length === 0) return "after a login";
  const checks = credentials.reduce((sum, { decoded }) => sum + (decoded?.steps.length ?? 0), 0);
  return checks === 0 ? counted(credentials.length, "credential") : counted(checks, "check");
}

function filesOf({ own, named }: FlowSource, variant: VariantView | undefined): number {
  return own.length + ((variant && named[variant.id]) ?? []).length;
}

function claimsOf(claims: readonly ReasonedSheet[], variant: VariantView | undefined): number {
  const sheet = claims.find(({ id }) => id === variant?.id);
  return Object.values(sheet?.claims ?? {}).filter((each) => each.length > 0).length;
}

function settingsWords({ settings, settingRows }: Pick<Counted, "settings" | "settingRows">): string {
  const { length } = settingRows.filter(({ path, usual }) => settingValue(settings, path) !== usual);
  return length === 0 ? "as usual" : `${length} not as usual`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
