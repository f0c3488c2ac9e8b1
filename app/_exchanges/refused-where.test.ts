import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import type { VariantId } from "@/lib/core/ids.ts";
import { Overloaded, type RefusalCode, refusals } from "@/lib/core/refusal.ts";
import { StoreUnavailable } from "@/lib/core/store-unavailable.ts";
import { createTestApplication } from "@/lib/testing/test-application.ts";
import { enterLab, type Visitor } from "@/lib/testing/visitor.ts";
import { watchExchanges } from "@/lib/testing/watch-exchanges.ts";
import { sequenceOf } from "./sequence-layout.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const session = "/api/server-session";
const wait = (visitor: Visitor, advanceSeconds: number) => visitor.post("/api/lab/clock", { advanceSeconds });
const transfer = (visitor: Visitor, amount: number) => visitor.post(`${session}/transfer`, { to: "bob", amount });
const noAttemptLeft = () =>
  vi
    .spyOn(app.app.limits.password, "reserve")
    .mockResolvedValueOnce({ wait: 5, by: "network", giveBack: async () => {}, undo: async () => {} });
const lineIsFull = () => vi.spyOn(app.app.passwords, "verify").mockRejectedValueOnce(new Overloaded());
/** Two tabs of one browser. */
const atOnce = (visitor: Visitor, ...variants: readonly VariantId[]) =>
  Promise.all(variants.map((variant) => visitor.copy().logIn(variant)));
const json = { "content-type": "application/json" };

/** Each code as a person meets it, and where that is drawn: asked of the edge, or of whom the request got to. */
const refused: Readonly<Record<RefusalCode, readonly (readonly [string, (visitor: Visitor) => Promise<unknown>])[]>> = {
  BAD_CREDENTIALS: [
    ["flow.login", (visitor) => visitor.logIn("server-session/sql", { password: "wrong" })],
    ["edge.password", (visitor) => visitor.post(`${session}/reauthenticate`, { password: "wrong" })],
    ["edge.password", (visitor) => visitor.post("/api/account/password", { current: "wrong", next: "long enough" })],
  ],
  NO_CREDENTIAL: [
    ["flow.authenticate", (visitor) => visitor.another().get(`${session}/me`)],
    ["edge.credential", (visitor) => visitor.another().get(`${session}/payment`)],
  ],
  INVALID_CREDENTIAL: [
    [
      "flow.authenticate",
      async (visitor) => {
        const copy = visitor.copy();
        copy.cookies.set("__Host-sid", `${visitor.cookies.get("__Host-sid")}x`);
        await copy.get(`${session}/me`);
      },
    ],
    [
      "edge.address",
      (visitor) => visitor.send("GET", "/api/memory-jwt/me", { headers: { authorization: "Bearer x" } }),
    ],
  ],
  EXPIRED: [
    [
      "flow.authenticate",
      async (visitor) => {
        await wait(visitor, 9 * 3600);
        await visitor.get(`${session}/me`);
      },
    ],
  ],
  REVOKED: [
    [
      "flow.authenticate",
      async (visitor) => {
        const copy = visitor.copy();
        await visitor.post(`${session}/logout`);
        await copy.get(`${session}/me`);
      },
    ],
  ],
  CLIENT_CHANGED: [
    [
      "flow.authenticate",
      async (visitor) => {
        await visitor.send("PATCH", "/api/lab/settings", { body: { binding: { userAgent: "enforce" } } });
        await visitor.logIn("server-session/sql");
        await visitor.send("GET", `${session}/me`, { headers: { "user-agent": "another one" } });
      },
    ],
  ],
  REUSE_DETECTED: [
    [
      "flow.refresh",
      async (visitor) => {
        await visitor.logIn("memory-jwt/rotating");
        const copy = visitor.copy();
        await visitor.post("/api/memory-jwt/refresh");
        await wait(visitor, 60);
        await copy.post("/api/memory-jwt/refresh");
      },
    ],
  ],
  REAUTHENTICATION_REQUIRED: [
    [
      "edge.recency",
      async (visitor) => {
        await wait(visitor, 301);
        await transfer(visitor, 60);
      },
    ],
  ],
  CROSS_SITE_REQUEST: [
    [
      "edge.origin",
      (visitor) => visitor.send("POST", `${session}/logout`, { headers: { "sec-fetch-site": "cross-site" } }),
    ],
  ],
  FORBIDDEN: [["edge.role", (visitor) => visitor.post("/api/admin/users/nobody/revoke")]],
  LAST_ADMIN: [
    [
      "edge.admins",
      async (visitor) => {
        const admin = await visitor.logIn("server-session/sql", { username: "admin" });
        await visitor.post(`/api/admin/users/${Object(admin.body["user"]).id}/disable`);
      },
    ],
  ],
  AMBIGUOUS_CREDENTIALS: [
    [
      "edge.people",
      async (visitor) => {
        await visitor.logIn("cookie/sealed", { username: "bob" });
        await visitor.get("/api/user-info");
      },
    ],
  ],
  SUPERSEDED: [
    ["flow.login", (visitor) => atOnce(visitor, "server-session/sql", "server-session/sql")],
    ["flow.logout", (visitor) => atOnce(visitor, "server-session/memory", "server-session/file")],
  ],
  NOT_SUPPORTED: [["edge.operation", (visitor) => visitor.post(`${session}/refresh`)]],
  TOO_MANY_REQUESTS: [
    [
      "edge.limit",
      (visitor) => {
        noAttemptLeft();
        return visitor.logIn("server-session/sql");
      },
    ],
    [
      "edge.limit",
      (visitor) => {
        noAttemptLeft();
        return visitor.post(`${session}/reauthenticate`, { password: "any" });
      },
    ],
  ],
  BAD_REQUEST: [["edge.body", (visitor) => visitor.send("POST", `${session}/login`, { body: "{", headers: json })]],
  NOT_FOUND: [
    ["edge.address", (visitor) => visitor.get(`${session}/nonesuch`)],
    ["edge.address", (visitor) => visitor.get(`${session}/data/nonesuch`)],
  ],
  METHOD_NOT_ALLOWED: [["edge.method", (visitor) => visitor.send("DELETE", `${session}/login`)]],
  UNSUPPORTED_MEDIA_TYPE: [
    [
      "edge.body",
      (visitor) => visitor.send("POST", `${session}/login`, { body: "a=b", headers: { "content-type": "text/plain" } }),
    ],
  ],
  PAYLOAD_TOO_LARGE: [["edge.body", (visitor) => visitor.post(`${session}/login`, { username: "x".repeat(20_000) })]],
  UNPROCESSABLE: [
    ["edge.body", (visitor) => visitor.post(`${session}/login`, {})],
    ["edge.body", (visitor) => visitor.post(`${session}/transfer`, { to: "nobody", amount: 1 })],
  ],
  STORE_UNAVAILABLE: [
    [
      "store.find",
      async (visitor) => {
        const { records } = app.stores;
        const down = vi.spyOn(app.stores, "records").mockImplementation((...place) => ({
          ...records(...place),
          find: () => Promise.reject(new StoreUnavailable("sql")),
        }));
        onTestFinished(() => down.mockRestore());
        await visitor.get(`${session}/me`);
      },
    ],
  ],
  OVERLOADED: [
    [
      "users.verify",
      async (visitor) => {
        lineIsFull();
        await visitor.logIn("server-session/sql");
      },
    ],
    [
      "edge.line",
      async (visitor) => {
        lineIsFull();
        await visitor.post(`${session}/reauthenticate`, { password: "alice-likes-tea" });
      },
    ],
  ],
};

const cases = Object.entries(refused).flatMap(([code, ways]) => ways.map(([where, act]) => ({ code, where, act })));

test("every refusal code is caused by a request here", () => {
  expect(Object.keys(refused).sort()).toEqual(Object.keys(refusals).sort());
  expect(Object.values(refused).every(({ length }) => length > 0)).toBe(true);
});

test.for(cases)("a request that ends in $code is drawn with the one step where it stops: $where", async (wanted) => {
  const { code, where, act } = wanted;
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  const { seen } = await watchExchanges(app, visitor);
  await act(visitor);
  const last = (await seen()).at(-1);
  if (!last) throw new Error("It was not told");
  expect(last.code).toBe(code);
  const stops = sequenceOf(last).steps.filter((step) => step.stops);
  expect(stops).toMatchObject([{ port: where, refused: { code } }]);
});
