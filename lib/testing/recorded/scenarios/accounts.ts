import type { Scenario } from "../scenario.ts";
import { alice, bob } from "./people.ts";

const next = "a quite different horse";

/** What is asked of any flow's credential: who this is, where they were logged in, and another password for them. */
export const accountScenarios: readonly Scenario[] = [
  {
    area: "account",
    name: "user-info",
    title: "one address says who it is by whichever credential, and does not choose between two people",
    steps: [
      { by: "alice", sends: "GET /api/user-info" },
      { by: "alice", sends: "POST /api/cookie/login", body: alice },
      { by: "alice", sends: "GET /api/user-info" },
      { by: "alice", sends: "POST /api/server-session/login", body: alice },
      { by: "alice", sends: "GET /api/user-info" },
      { by: "alice", sends: "POST /api/hybrid/login", body: bob },
      { by: "alice", sends: "GET /api/user-info" },
      { by: "alice", sends: "POST /api/memory-jwt/login", body: bob },
      { by: "alice", sends: "GET /api/user-info" },
      { by: "alice", sends: "GET /api/user-info", headers: { authorization: "Bearer garbage" } },
    ],
  },
  {
    area: "account",
    name: "password-by-cookie",
    title: "another password ends the other logins, and gives the one that asked a new cookie",
    steps: [
      { by: "phone", sends: "POST /api/server-session/login", body: alice },
      { by: "alice", sends: "POST /api/server-session/login", body: alice },
      { by: "alice", sends: "POST /api/account/password", body: { current: "not this one", next } },
      { by: "alice", sends: "POST /api/account/password", body: { current: alice.password, next: "password1" } },
      { by: "alice", sends: "POST /api/account/password", body: { current: alice.password, next: "short" } },
      { by: "alice", sends: "POST /api/account/password", body: { current: alice.password, next } },
      { by: "alice", sends: "GET /api/server-session/me" },
      { by: "phone", sends: "GET /api/server-session/me" },
      { by: "phone", sends: "POST /api/server-session/login", body: alice },
      { by: "phone", sends: "POST /api/server-session/login", body: { ...alice, password: next } },
    ],
  },
  {
    area: "account",
    name: "password-of-a-token",
    title: "another password gives a page a new refresh cookie and a native client its new tokens",
    steps: [
      { by: "stranger", sends: "POST /api/account/password", body: { current: alice.password, next } },
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice },
      { by: "app", sends: "POST /api/memory-jwt/login", body: { ...alice, client: "native" } },
      { by: "alice", sends: "POST /api/account/password", body: { current: alice.password, next } },
      { by: "app", sends: "POST /api/account/password", body: { current: next, next: `${next} again` } },
      { by: "app", sends: "POST /api/memory-jwt/login", body: { ...alice, password: next, client: "native" } },
      { by: "app", sends: "POST /api/account/password", body: { current: next, next: `${next} again` } },
      { by: "alice", sends: "POST /api/memory-jwt/refresh" },
    ],
  },
  {
    area: "account",
    name: "history",
    title: "people see where they were logged in, and what was odd about it",
    steps: [
      { by: "stranger", sends: "GET /api/account/history" },
      { by: "alice", sends: "POST /api/server-session/login", body: alice },
      { by: "thief", sends: "POST /api/server-session/login", body: alice },
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice },
      { by: "thief", copies: "alice" },
      { by: "alice", sends: "POST /api/memory-jwt/refresh" },
      { by: "alice", sends: "POST /api/lab/clock", body: { advanceSeconds: 60 } },
      { by: "thief", sends: "POST /api/memory-jwt/refresh" },
      { by: "alice", sends: "GET /api/account/history" },
      { by: "alice", sends: "GET /api/account/history?limit=2", keeps: { before: "next" } },
      { by: "alice", sends: "GET /api/account/history?limit=2&before={before}" },
      { by: "alice", sends: "GET /api/account/history?limit=0" },
    ],
  },
];
