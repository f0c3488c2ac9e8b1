import type { Application } from "../http/application.ts";
import type { Dispatch, EndpointTable } from "../http/router.ts";
import type { CleanUp } from "./clean-up.ts";
import type { Foundation } from "./foundation.ts";
import type { Instruments } from "./instruments.ts";
import type { PageViews } from "./view/page-views.ts";

/** The composed application: the edge with every address, and the parts that pages and commands use. */
export type Composition = Foundation &
  Instruments & {
    readonly app: Application;
    readonly table: EndpointTable;
    readonly dispatch: Dispatch;
    readonly pages: PageViews;
    readonly sweep: CleanUp["sweep"];
    close(): Promise<void>;
  };
