import { expect, test, vi } from "vitest";
import { createTestApplication } from "../../../testing/test-application.ts";

const loaded = vi.hoisted(() => ({ times: 0 }));
vi.mock("./weak/wrappers.ts", async (original) => {
  loaded.times += 1;
  return original();
});
vi.mock("../csrf/weak/naive-double-submit.ts", async (original) => {
  loaded.times += 10;
  return original();
});
vi.mock("../xss/weak/vulnerable-page.ts", async (original) => {
  loaded.times += 100;
  return original();
});

test("without lab mode no weakness is loaded, and no address of an attack is there; with it they are", async () => {
  const real = await createTestApplication({ LAB_MODE: "off" });
  expect(loaded.times).toBe(0);
  for (const path of ["/api/lab/attacks", "/api/lab/csrf", "/api/lab/xss"]) {
    expect((await real.dispatch(new Request(`${real.env.origin}${path}`))).status).toBe(404);
  }
  await real.dispose();
  const lab = await createTestApplication();
  expect(loaded.times).toBe(1);
  await lab.dispose();
});
