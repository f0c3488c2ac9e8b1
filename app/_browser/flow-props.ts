import type { LabView } from "@/lib/lab/lab-view.ts";
import type { Chooser } from "./choice.ts";
import type { FlowInfo } from "./flow-info.ts";
import type { Lab } from "./lab-provider.tsx";
import type { FlowActing } from "./use-flow-acts.ts";

/** The properties of a component that shows one flow of the lab and acts on it. */
export type FlowProps = {
  readonly flow: FlowInfo;
  readonly view: LabView;
  readonly lab: Lab;
  readonly choice: Chooser;
  readonly acting: FlowActing;
};
