import type { Application } from "../http/application.ts";
import type { Dispatch, EndpointTable } from "../http/router.ts";
import type { CleanUp } from "./clean-up.ts";
import type { Foundation } from "./foundation.ts";
import type { Instruments } from "./instruments.ts";
import type { PageViews } from "./view/page-views.ts";

/** The application, put together: the edge with every address, and what pages and commands need besides. */
export type Composition = Foundation &
  Instruments & {
    readonly app: Application;
    readonly table: EndpointTable;
    readonly dispatch: Dispatch;
    readonly pages: PageViews;
    readonly sweep: CleanUp["sweep"];
    close(): Promise<void>;
  };
