import { requirements } from "@/lib/features/conformance/catalogue.ts";
import { slugOf } from "@/lib/features/conformance/model.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { attackPages } from "../_header/attack-pages.ts";
import { dashboard, entries as headerEntries, labPages } from "../_header/header-pages.ts";
import { definitions } from "../_words/definitions.ts";
import { wordAnchor } from "../_words/word-anchor.ts";
import type { Entry } from "./find-entries.ts";

type Known = {
  readonly flows: readonly Pick<FlowInfo, "id" | "title" | "trusts">[];
  readonly variants: readonly { readonly id: string; readonly belief: string }[];
};

/** All that the palette finds: pages, flows, variants, words, requirements. */
export function allEntries({ flows, variants }: Known): readonly Entry[] {
  return [
    ...pageEntries(),
    ...flows.map(({ id, title, trusts }): Entry => ({ kind: "flow", href: `/${id}`, title, words: trusts })),
    ...variants.map(
      ({ id, belief }): Entry => ({
        kind: "variant",
        href: `/${id.split("/")[0]}?variant=${id}`,
        title: id,
        words: belief,
      }),
    ),
    ...Object.entries(definitions).map(
      ([id, { means }]): Entry => ({ kind: "word", href: `/words#${wordAnchor(id)}`, title: id, words: means }),
    ),
    ...requirements.map(
      ({ id, text }): Entry => ({ kind: "requirement", href: `/conformance/${slugOf(id)}`, title: id, words: text }),
    ),
  ];
}

function pageEntries(): readonly Entry[] {
  const listed = headerEntries.flatMap((entry) => ("pages" in entry ? entry.pages : [{ ...entry, words: "" }]));
  const pages = [{ ...dashboard, words: "All four flows side by side" }, ...listed, ...attackPages, ...labPages];
  return pages.map(({ href, title, words }) => ({ kind: "page", href, title, words }));
}
