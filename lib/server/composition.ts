import type { FlowModule } from "../core/flow.ts";
import type { Swept } from "../features/admin/model.ts";
import type { Measurements } from "../features/compare/measurements.ts";
import type { Application } from "../http/application.ts";
import type { Dispatch } from "../http/router.ts";
import type { createExchangeFeed } from "../lab/exchange-feed.ts";
import type { Person } from "../lab/lab.ts";
import type { Database } from "../stores/prisma/database.ts";
import type { Environment } from "./env.ts";
import type { Stores } from "./stores.ts";
import type { Worlds } from "./worlds.ts";

/** The application, put together: the edge, and what pages and commands need besides. */
export type Composition = {
  readonly env: Environment;
  readonly flows: readonly FlowModule[];
  readonly database: Database;
  readonly stores: Stores;
  readonly passwords: Application["passwords"];
  readonly systemClock: Application["systemClock"];
  /** The public password of a person of a lab, or `null` once they have another. */
  demoPassword(person: Pick<Person, "username" | "passwordHash">): Promise<string | null>;
  readonly worlds: Worlds;
  /** What the variants cost, measured once a process. */
  readonly measurements: Measurements;
  readonly exchanges: ReturnType<typeof createExchangeFeed>;
  readonly app: Application;
  readonly dispatch: Dispatch;
  /** Deletes what expired, and answers how much of it. */
  sweep(): Promise<Swept>;
  close(): Promise<void>;
};
