import { expect, test, vi } from "vitest";
import { usualSettings } from "@/lib/lab/lab-settings.ts";
import { vanish, vanishings } from "./vanishing.ts";

test("the elapsed time is from the first login's answer to the request that asks who is logged in", async () => {
  vi.useFakeTimers();
  const asked: string[] = [];
  // Each answer takes a second.
  vi.stubGlobal("fetch", async (path: string) => {
    vi.advanceTimersByTime(1000);
    asked.push(path.split("/").at(-1) ?? "");
    return new Response(null, { status: 204 });
  });
  try {
    const cap = vanishings.find(({ id }) => id === "cap");
    if (!cap) throw new Error("There is no cap");
    const elapsed = await vanish(cap, { settings: usualSettings, alice: "", password: "" });
    const [first, me] = [asked.indexOf("login"), asked.indexOf("me")];
    expect(elapsed).toBe((me - first - 1) * 1000);
    expect(asked.slice(me + 1).length).toBeGreaterThan(0);
  } finally {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
});
