import { describe, expect, test } from "vitest";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Exchange, TraceStep } from "../../lab/feed/exchange.ts";
import { diagnose, type Evidence } from "./diagnose.ts";
import { vanishCauses } from "./vanish-causes.ts";

type Heard = {
  readonly action?: string;
  readonly path?: string;
  readonly cookie?: string;
  readonly setCookie?: string;
  readonly code?: RefusalCode;
  readonly steps?: readonly Pick<TraceStep, "actor" | "did" | "found">[];
};

function exchange({
  action = "me",
  path = "/api/server-session/me",
  cookie,
  setCookie,
  code,
  steps = [],
}: Heard): Exchange {
  return {
    ...{ id: 1, at: 0, clockOffset: 0, flow: "server-session", action, variant: null, device: "", took: 1 },
    request: {
      method: action === "login" ? "POST" : "GET",
      path,
      headers: cookie ? [["cookie", cookie]] : [],
      body: null,
    },
    response: { status: code ? 401 : 200, headers: setCookie ? [["set-cookie", setCookie]] : [], body: null },
    code: code ?? null,
    steps: steps.map((step) => ({ ...step, startedAfter: 0, took: 1 })),
  };
}

/** The same, as a second node would have answered it. */
function elsewhere(evidence: Evidence): Evidence {
  const { asked } = evidence;
  const headers = [...asked.response.headers, ["loginscope-node", "other"] as const];
  return { ...evidence, asked: { ...asked, response: { ...asked.response, headers } } };
}

const usual = "__Host-sid=secret; Path=/; HttpOnly; Secure; SameSite=Lax";

/** A login and the request after it, as they usually are: accepted. */
function seen(login: string | null, asked: Heard, rest: Partial<Evidence> = {}): Evidence {
  return {
    cookie: "__Host-sid",
    login: exchange({
      action: "login",
      path: "/api/server-session/login",
      ...(login !== null && { setCookie: login }),
    }),
    asked: exchange(asked),
    ...{
      between: [],
      scheme: "http",
      host: "localhost",
      elapsed: 1000,
      store: { name: "sql", sharing: "at once" },
      events: [],
    },
    ...rest,
  };
}

/** A logout, and after its answer that of another request, each sent at its time. */
function overtaken(sent: number, logout: number): Partial<Evidence> {
  const deleting = exchange({ action: "logout", setCookie: "__Host-sid=; Path=/; Secure; Max-Age=0" });
  return {
    between: [
      { ...deleting, at: logout },
      { ...exchange({ setCookie: usual }), at: sent },
    ],
  };
}

const none = { code: "NO_CREDENTIAL" } as const;
const came = (code: RefusalCode, steps: Heard["steps"] = []) => ({ cookie: "a=1; __Host-sid=secret", code, steps });
const nothing = { actor: "store", did: "find", found: "nothing" } as const;
const unsigned = { actor: "keys", did: "verify", found: "INVALID_CREDENTIAL at signature" } as const;
const inactive = { actor: "service", did: "ask", found: "INVALID_CREDENTIAL at service" } as const;
const plainHost = { host: "192.168.0.9" };

describe("names the cause", () => {
  test.for<readonly [keyof typeof vanishCauses, Evidence]>([
    ["still-in", seen(usual, { cookie: "__Host-sid=secret" })],
    ["late-answer", seen(usual, { cookie: "__Host-sid=secret" }, overtaken(100, 500))],
    ["still-in", seen(usual, { cookie: "__Host-sid=secret" }, overtaken(500, 100))],
    ["never-set", seen(null, none)],
    ["never-set", seen("other=1; Path=/", none)],
    ["rejected-prefix", seen("__Host-sid=secret; Path=/; HttpOnly", none)],
    ["rejected-prefix", seen("__Http-sid=secret; Path=/; Secure", none)],
    ["wrong-domain", seen("sid=secret; Path=/; Domain=example.org", none)],
    ["plain-http", seen(usual, none, plainHost)],
    ["plain-http", seen(usual, { path: "/api/lab/echo/here" }, plainHost)],
    ["too-large", seen(`sid=${"x".repeat(5000)}; Path=/`, none)],
    ["refused-line", seen("sid=secret; Path=/; SameSite=None", none)],
    ["wrong-path", seen("sid=secret; Path=/elsewhere", none)],
    ["expired-in-browser", seen(`${usual}; Max-Age=1`, none)],
    ["gone", seen(`${usual}; Max-Age=2`, none)],
    ["gone", seen(usual, none)],
    [
      "deleted",
      seen(usual, none, {
        between: [exchange({ action: "logout", setCookie: "__Host-sid=; Path=/; Secure; Max-Age=0" })],
      }),
    ],
    ["expired", seen(usual, came("EXPIRED"))],
    ["other-client", seen(usual, came("CLIENT_CHANGED"))],
    ["evicted", seen(usual, came("REVOKED"), { events: [{ type: "logged-in" }, { type: "evicted" }] })],
    ["ended-by-somebody", seen(usual, came("REVOKED"), { events: [{ type: "revoked" }] })],
    ["password-changed", seen(usual, came("REVOKED"), { events: [{ type: "password-changed" }] })],
    ["logged-out", seen(usual, came("REVOKED"), { events: [{ type: "logged-out" }] })],
    ["unexplained", seen(usual, came("REVOKED"))],
    ["unexplained", seen(usual, came("FORBIDDEN"))],
    ["changed-key", seen(usual, came("INVALID_CREDENTIAL", [unsigned]))],
    [
      "memory-lost",
      seen(usual, came("INVALID_CREDENTIAL", [nothing]), { store: { name: "memory", sharing: "never" } }),
    ],
    [
      "other-node",
      elsewhere(seen(usual, came("INVALID_CREDENTIAL", [nothing]), { store: { name: "memory", sharing: "never" } })),
    ],
    ["unknown-record", seen(usual, came("INVALID_CREDENTIAL", [nothing]))],
    ["not-told", seen(usual, came("INVALID_CREDENTIAL", [inactive]))],
    ["not-told", seen(usual, came("INVALID_CREDENTIAL", [inactive]), { events: [{ type: "revoked" }] })],
    ["not-verified", seen(usual, came("INVALID_CREDENTIAL"))],
    ["not-verified", seen(usual, { ...came("INVALID_CREDENTIAL", [unsigned]), cookie: "__Host-sid=forged" })],
  ])("%s", ([cause, evidence]) => {
    expect(diagnose(evidence).cause).toBe(cause);
  });
});

test("of a login that a session service refused, the audit is shown as what the asking side does not see", () => {
  const evidence = seen(usual, came("INVALID_CREDENTIAL", [inactive]), { events: [{ type: "logged-out" }] });
  expect(diagnose(evidence).because).toContainEqual({
    how: "observed",
    text: "The audit has “logged-out” since the login. Whoever asks the service does not see it.",
  });
});

test("a login that was lost with the process’s memory is not told as changed, or as made with another key", () => {
  const lost = seen(usual, came("INVALID_CREDENTIAL", [nothing]), { store: { name: "memory", sharing: "never" } });
  const { cause, because } = diagnose(lost);
  expect(JSON.stringify([vanishCauses[cause], because])).not.toMatch(/changed|key/);
});

test("a cookie that came back under another prefix is not missing", () => {
  expect(diagnose(seen(usual, { ...came("EXPIRED"), cookie: "sid=secret" })).cause).toBe("expired");
});

test("a diagnosis shows its evidence without the credential", () => {
  const { because } = diagnose(seen("sid=secret; Path=/elsewhere", none));
  expect(because).toEqual([
    { how: "observed", text: "The answer to POST /api/server-session/login had Set-Cookie: sid=…; Path=/elsewhere." },
    { how: "observed", text: "The cookie did not come with that request." },
    { how: "computed", text: expect.stringContaining("The address is not below its Path.") },
    { how: "observed", text: "GET /api/server-session/me was answered NO_CREDENTIAL." },
  ]);
  const back = seen(usual, { cookie: "__Host-sid=secret" }, overtaken(100, 500));
  for (const evidence of [back, seen(usual, none), seen(usual, came("INVALID_CREDENTIAL", [unsigned]))])
    expect(JSON.stringify(diagnose(evidence))).not.toContain("secret");
});
