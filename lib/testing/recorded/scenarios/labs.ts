import type { Scenario, Sending } from "../scenario.ts";
import { alice } from "./people.ts";

/** A change of one lab, and a login under it. */
function underSettings(settings: object): readonly Sending[] {
  return [
    { by: "alice", sends: "PATCH /api/lab/settings", body: settings },
    { by: "alice", sends: "POST /api/server-session/login", body: { ...alice, remember: true } },
    { by: "alice", sends: "GET /api/server-session/me" },
  ];
}

/** What only a lab has: its view, its clock, its settings, its keys, and the streams of what happens in it. */
export const labScenarios: readonly Scenario[] = [
  {
    area: "lab",
    name: "view",
    title: "a lab is shown as its visitor sees it, with what the server holds and the client brings",
    redis: true,
    steps: [
      { by: "stranger", sends: "GET /api/lab" },
      { by: "alice", sends: "POST /api/cookie/login", body: { ...alice, variant: "signed" } },
      { by: "alice", sends: "POST /api/server-session/login", body: { ...alice, variant: "redis" } },
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice },
      { by: "alice", sends: "POST /api/hybrid/login", body: { ...alice, variant: "short-jwt" } },
      { by: "alice", sends: "GET /api/lab" },
    ],
  },
  {
    area: "lab",
    name: "clock",
    title: "a lab's clock moves forward only, and at most 400 days in all",
    steps: [
      { by: "alice", sends: "POST /api/lab/clock", body: { advanceSeconds: 90 } },
      { by: "alice", sends: "POST /api/lab/clock", body: { advanceSeconds: 34_560_000 } },
      { by: "alice", sends: "POST /api/lab/clock", body: { advanceSeconds: -1 } },
      { by: "alice", sends: "POST /api/lab/clock", body: { advanceSeconds: 1.5 } },
    ],
  },
  {
    area: "lab",
    name: "settings",
    title: "a lab's settings count for what is issued from then on",
    steps: [
      ...underSettings({ lifetimes: "aal2", rememberedDays: 3, skewSeconds: 0 }),
      ...underSettings({ cookies: { sameSite: "none", partitioned: true, maxAge: 600 } }),
      ...underSettings({
        cookies: { sameSite: "omitted", secure: false, httpOnly: false, partitioned: false, prefix: "" },
      }),
      ...underSettings({
        cookies: { path: "/api", domain: "localhost", prefix: "__Secure-", maxAge: "session", secure: true },
      }),
      { by: "alice", sends: "POST /api/server-session/logout" },
      {
        by: "alice",
        sends: "PATCH /api/lab/settings",
        body: { cookies: { path: null, prefix: null, sameSite: "strict" }, lifetimes: "seconds" },
      },
      { by: "alice", sends: "PATCH /api/lab/settings", body: {} },
      { by: "alice", sends: "PATCH /api/lab/settings", body: { lifetimes: "for-ever" } },
      { by: "alice", sends: "PATCH /api/lab/settings", body: { cookies: { path: "api; Domain=example.com" } } },
    ],
  },
  {
    area: "lab",
    name: "settings-of-logins",
    title: "a lab binds logins to their client, and counts those that there may be",
    steps: [
      {
        by: "alice",
        sends: "PATCH /api/lab/settings",
        body: { binding: { userAgent: "enforce", ip: "warn" }, parallelLogins: 1 },
      },
      { by: "alice", sends: "POST /api/server-session/login", body: alice },
      { by: "thief", copies: "alice" },
      { by: "thief", sends: "GET /api/server-session/me" },
      { by: "phone", sends: "POST /api/server-session/login", body: alice },
      { by: "alice", sends: "GET /api/server-session/me" },
      {
        by: "alice",
        sends: "PATCH /api/lab/settings",
        body: { binding: { userAgent: "off" }, parallelLogins: null, personalData: true },
      },
      { by: "alice", sends: "POST /api/cookie/login", body: { ...alice, variant: "plain" } },
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice },
      { by: "alice", sends: "GET /api/audit" },
    ],
  },
  {
    area: "lab",
    name: "keys",
    title: "rotated keys end what they signed, unless the earlier one goes on counting",
    steps: [
      { by: "alice", sends: "POST /api/cookie/login", body: alice },
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice },
      { by: "alice", sends: "POST /api/lab/keys/rotate", body: { overlap: true } },
      { by: "alice", sends: "GET /api/cookie/me" },
      { by: "alice", sends: "GET /api/memory-jwt/me" },
      { by: "alice", sends: "POST /api/lab/keys/rotate", body: { overlap: false } },
      { by: "alice", sends: "GET /api/cookie/me" },
      { by: "alice", sends: "GET /api/memory-jwt/me" },
      { by: "alice", sends: "POST /api/memory-jwt/refresh" },
    ],
  },
  {
    area: "lab",
    name: "memory-and-nodes",
    title: "what one process remembers is unknown to another node, and to itself once it is forgotten",
    steps: [
      { by: "alice", sends: "POST /api/server-session/login", body: { ...alice, variant: "memory" } },
      { by: "alice", sends: "GET /api/server-session/me" },
      { by: "alice", sends: "GET /api/server-session/me", headers: { "loginscope-node": "other" } },
      { by: "alice", sends: "POST /api/lab/forget-memory" },
      { by: "alice", sends: "GET /api/server-session/me" },
    ],
  },
  {
    area: "lab",
    name: "reset",
    title: "a reset takes the lab away and empties the browser",
    steps: [
      { by: "alice", sends: "POST /api/server-session/login", body: alice },
      { by: "thief", copies: "alice" },
      { by: "alice", sends: "POST /api/lab/reset" },
      { by: "thief", sends: "GET /api/server-session/me" },
      { by: "thief", sends: "POST /api/server-session/logout" },
    ],
  },
  {
    area: "lab",
    name: "cookies",
    title: "the cookie laboratory sends a line as it is, and echoes what comes along",
    steps: [
      {
        by: "alice",
        sends: "POST /api/lab/cookies",
        body: { line: "try-one=1; Path=/api/lab/echo; Secure; SameSite=Lax" },
      },
      { by: "alice", sends: "GET /api/lab/echo/some/where" },
      { by: "alice", sends: "POST /api/lab/cookies", body: { line: "__Host-sid=mine; Path=/" } },
      { by: "alice", sends: "POST /api/lab/cookies", body: { line: "try=1; Path=/elsewhere" } },
    ],
  },
  {
    area: "lab",
    name: "try",
    title: "a credential is judged as its flow would judge it, step by step, and nothing of it is used up",
    steps: [
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice, keeps: { token: "access_token" } },
      { by: "alice", sends: "POST /api/lab/try", body: { flow: "memory-jwt", credential: "{token}" } },
      { by: "alice", sends: "POST /api/lab/try", body: { flow: "memory-jwt", credential: "{token}x" } },
      { by: "app", sends: "POST /api/memory-jwt/login", body: { ...alice, client: "native" } },
      {
        by: "app",
        sends: "POST /api/lab/try",
        body: { flow: "memory-jwt", credential: "{refresh token}", as: "refresh" },
      },
      { by: "alice", sends: "POST /api/lab/try", body: { flow: "server-session", credential: "nonsense" } },
      { by: "alice", sends: "POST /api/lab/try", body: { flow: "nonesuch", credential: "nonsense" } },
    ],
  },
  {
    area: "lab",
    name: "exchanges",
    title: "every exchange of the lab is told as it happens, and again to who comes back",
    steps: [
      { by: "alice", sends: "GET /api/lab/exchanges", untilEvents: 4 },
      { by: "alice", sends: "POST /api/server-session/login", body: alice },
      { by: "alice", sends: "GET /api/memory-jwt/me", headers: { authorization: "Bearer garbage" } },
      { by: "alice", sends: "POST /api/server-session/login", body: { ...alice, password: "not this one" } },
      { by: "alice", sends: "POST /api/cookie/login", body: "{ not JSON" },
      { by: "alice", sends: "GET /api/lab/exchanges?after={lab}.o5v0ja3s.3", untilEvents: 1 },
      {
        by: "alice",
        sends: "GET /api/lab/exchanges",
        headers: { "last-event-id": "of another lab.3" },
        untilEvents: 1,
      },
    ],
  },
  {
    area: "lab",
    name: "devices",
    title: "a phone inside the server has a login of its own",
    steps: [
      { by: "alice", sends: "GET /api/lab/devices" },
      {
        by: "alice",
        sends: "POST /api/lab/devices",
        body: { device: "phone", flow: "cookie", method: "POST", path: "/api/cookie/login", body: alice },
      },
      {
        by: "alice",
        sends: "POST /api/lab/devices",
        body: { device: "phone", flow: "cookie", method: "GET", path: "/api/cookie/me" },
      },
      {
        by: "alice",
        sends: "POST /api/lab/devices",
        body: { device: "admin", flow: "cookie", method: "GET", path: "/api/cookie/me" },
      },
      {
        by: "alice",
        sends: "POST /api/lab/devices",
        body: { device: "phone", flow: "cookie", method: "POST", path: "/api/lab/reset" },
      },
      { by: "alice", sends: "GET /api/lab/devices" },
    ],
  },
];
