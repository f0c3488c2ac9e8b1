import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { enterLab } from "../../testing/visitor.ts";

/** A person logs in, and then no store says whose login it is. */
const broken = flows.map(
  ({ manifest, create }: FlowModule): FlowModule => ({
    manifest,
    create: (ports) => ({
      ...create(ports),
      authenticate: async () => {
        throw new StoreUnavailable("logins");
      },
    }),
  }),
);

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication({}, { flows: broken });
});
afterAll(() => app.dispose());

describe("a server that gives no verdict on a credential", () => {
  test.for([
    ["/api/lab/theft", { variant: "server-session/sql" }],
    ["/api/lab/fixation", { variant: "server-session/sql" }],
    ["/api/lab/forgery", { variant: "cookie/signed" }],
    ["/api/lab/leaked-key", { key: "cookie/signed", as: "admin" }],
  ] as const)("%s could not be tried, and says why", async ([path, body]) => {
    const visitor = await enterLab(app);
    const answer = await visitor.post(path, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      tried: false,
      why: "A copy was answered 503 STORE_UNAVAILABLE, which says nothing of whether it counts.",
    });
  });
});
