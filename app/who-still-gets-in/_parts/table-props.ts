import type { Thief } from "@/lib/core/claim.ts";
import type { MatrixWanted } from "@/lib/lab/played-cells.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import type { Scope, Selected } from "./matrix-link.ts";

/** What both tables of the matrix get; a cell is named by `Name`. */
export type TableProps<Name> = {
  readonly scope: Scope;
  /** The part of it that can be played here. */
  readonly playable: Scope;
  readonly flows: readonly Pick<FlowInfo, "id" | "title">[];
  readonly thief: Thief;
  readonly selected: Selected;
  /** Why no cell can be played now. */
  readonly unavailable: string | undefined;
  readonly onSelect: (name: Name) => void;
  readonly onOpen: (name: Name) => void;
  /** Must be a stable function. Otherwise each played cell would render hundreds of cells again. */
  readonly onPlay: (wanted: MatrixWanted) => void;
};
