import { expect, test } from "vitest";
import { day } from "../core/time.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor } from "../testing/visitor.ts";
import { permanentLabId } from "./worlds.ts";

test("in the lab that never ends, records go one by one: past their absolute end, and not before", async () => {
  let now = Date.now();
  const app = await createTestApplication(
    { NODE_ENV: "production", LAB_MODE: "" },
    { systemClock: { now: () => now } },
  );
  const world = await app.worlds.open(permanentLabId);
  const passwordHash = await app.passwords.hash("a quite different horse");
  await world.people.add({ username: "carol", displayName: "Carol", role: "user", passwordHash });
  for (const flow of ["server-session", "memory-jwt", "hybrid"]) {
    const body = { username: "carol", password: "a quite different horse" };
    expect((await createVisitor(app).post(`/api/${flow}/login`, body)).status).toBe(200);
  }

  expect(await app.sweep()).toEqual({ labs: 0, records: 0 });
  now += day;
  expect(await app.sweep()).toEqual({ labs: 0, records: 2 });
  now += 7 * day;
  expect(await app.sweep()).toEqual({ labs: 0, records: 1 });
  await app.dispose();
});
