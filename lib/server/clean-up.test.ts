import { afterAll, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import { day, hour, minute } from "../core/time.ts";
import { flows } from "../flows/registry.ts";
import { startRedis } from "../testing/redis-server.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const kept = variants.filter(({ settings }) => settings.store !== undefined);
/** One variant for each place in which a flow keeps its logins. */
const placeOf = ({ id, settings }: (typeof kept)[number]) => `${id.split("/")[0]} ${settings.store}`;
const withRecords = [...new Map(kept.map((each) => [placeOf(each), each])).values()];
const withFamilies = withRecords.filter(({ cannot, settings }) => !cannot.refresh && !settings.proof);

const none = { labs: 0, records: 0, families: 0, deniedTokens: 0 };
const advance = (visitor: Visitor, by: number) => visitor.post("/api/lab/clock", { advanceSeconds: by / 1000 });

/** One login of each variant, each in a browser of its own. */
async function loggedInEverywhere(): Promise<Visitor> {
  const visitor = await enterLab(app);
  for (const { id } of withRecords) expect((await visitor.another().logIn(id)).status).toBe(200);
  return visitor;
}

test("a clean-up deletes logins past their absolute end on their own lab's clock, in every store, and counts them", async () => {
  const [here, there] = [await loggedInEverywhere(), await loggedInEverywhere()];
  expect(await app.sweep()).toEqual(none);
  await advance(here, 8 * day);
  const families = withFamilies.length;
  const counted = { ...none, records: withRecords.length - families, families };
  expect(await app.sweep()).toEqual(counted);
  const admin = here.another();
  await admin.logIn("server-session/sql", { username: "admin" });
  expect((await admin.get("/api/admin/counts")).body["cleanUp"]).toMatchObject(counted);
  expect(await app.sweep()).toEqual(none);
  await advance(there, 8 * day);
  expect(await app.sweep()).toEqual(counted);
});

test("a clean-up deletes denied tokens past their exp on their lab's clock, and no earlier", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("memory-jwt/denylist");
  const copy = visitor.copy();
  await visitor.post("/api/memory-jwt/logout");
  await advance(visitor, 14 * minute);
  expect(await app.sweep()).toEqual(none);
  expect((await copy.get("/api/memory-jwt/me")).code).toBe("REVOKED");
  await advance(visitor, 2 * minute);
  expect(await app.sweep()).toEqual({ ...none, deniedTokens: 1 });
  expect((await copy.get("/api/memory-jwt/me")).code).toBe("EXPIRED");
});

test("a store that does not answer is left out of a clean-up, and the other stores are cleaned up", async () => {
  const redis = await startRedis();
  const halfDown = await createTestApplication({ REDIS_URL: redis.url });
  try {
    const visitor = await enterLab(halfDown);
    for (const id of ["server-session/redis", "server-session/sql", "memory-jwt/rotating"] as const)
      await visitor.another().logIn(id);
    await advance(visitor, 8 * day + hour);
    await redis.stop();
    expect(await halfDown.sweep()).toEqual({ ...none, records: 1, families: 1 });
  } finally {
    await halfDown.dispose();
    await redis.stop();
  }
});
