import { afterEach, expect, test, vi } from "vitest";
import { sendTampered } from "./tamper-calls.ts";

afterEach(() => vi.unstubAllGlobals());

/** The addresses that the page asks, in order. The check refuses, and so does the real request. */
function watchRequests(): readonly string[] {
  const asked: string[] = [];
  const view = { accepted: false, code: "INVALID_CREDENTIAL", at: "signature", user: null, expiresAt: null };
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const isCheck = path === "/api/lab/try";
    return Response.json(isCheck ? { ...view, decoded: [], steps: [] } : { code: "INVALID_CREDENTIAL", detail: "no" }, {
      status: isCheck ? 200 : 401,
    });
  });
  return asked;
}

test("a forged bearer token’s last exchange is the real request, because a page draws the last one", async () => {
  const asked = watchRequests();
  const { view, problem } = await sendTampered({ id: "memory-jwt" }, "forged", "bearer");
  expect(asked).toEqual(["/api/lab/try", "/api/memory-jwt/me"]);
  expect(problem).toBeNull();
  expect(view).toMatchObject({ at: "signature" });
});

test("a value that no script can send is only checked", async () => {
  const asked = watchRequests();
  await sendTampered({ id: "cookie" }, "forged", "cookie");
  await sendTampered({ id: "memory-jwt" }, "not a header\n", "bearer");
  expect(asked).toEqual(["/api/lab/try", "/api/lab/try"]);
});
