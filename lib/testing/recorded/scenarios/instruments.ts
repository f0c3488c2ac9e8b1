import type { Scenario } from "../scenario.ts";

/** What the laboratory measures with. */
export const instrumentScenarios: readonly Scenario[] = [
  {
    area: "instruments",
    name: "experiments",
    title: "an experiment is given as data, and played step by step to its verdict",
    steps: [
      { by: "alice", sends: "GET /api/lab/experiments" },
      {
        by: "alice",
        sends: "POST /api/lab/experiments/replay-after-logout",
        body: { variants: ["server-session/sql", "memory-jwt/user-version"] },
      },
      {
        by: "alice",
        sends: "POST /api/lab/experiments/other-device-bound",
        body: { variants: ["server-session/sql"], exchanges: true },
      },
      { by: "alice", sends: "POST /api/lab/experiments/nonesuch", body: { variants: ["server-session/sql"] } },
      { by: "alice", sends: "POST /api/lab/experiments/forge", body: { variants: ["nonesuch/sql"] } },
    ],
  },
  {
    area: "instruments",
    name: "matrix",
    title: "cells of the matrix are played once, shown, and given as CSV",
    steps: [
      { by: "alice", sends: "POST /api/lab/matrix", body: { variants: ["cookie/sealed"], experiments: ["forge"] } },
      { by: "alice", sends: "POST /api/lab/matrix", body: { variants: ["cookie/sealed"], experiments: ["forge"] } },
      {
        by: "alice",
        sends: "POST /api/lab/matrix",
        body: { variants: ["hybrid/allowlist"], experiments: ["revoke-this"], again: true },
      },
      { by: "alice", sends: "GET /api/lab/matrix" },
      { by: "alice", sends: "GET /api/lab/matrix?format=csv" },
      { by: "alice", sends: "GET /api/lab/matrix?format=xml" },
      { by: "alice", sends: "POST /api/lab/matrix", body: { experiments: ["nonesuch"] } },
    ],
  },
  {
    area: "instruments",
    name: "forgery",
    title: "forged credentials are made from one that gets in, and each is played with its answer and its line",
    steps: [
      { by: "alice", sends: "POST /api/lab/forgery", body: { variant: "server-session/sql" } },
      { by: "alice", sends: "POST /api/lab/forgery", body: { variant: "server-session/nonesuch" } },
      {
        by: "alice",
        sends: "POST /api/memory-jwt/login",
        body: { username: "alice", password: "alice-likes-tea", client: "native" },
      },
      {
        by: "alice",
        sends: "POST /api/lab/forgery/made",
        body: { flow: "memory-jwt", credential: "{refresh token}", as: "refresh" },
      },
      { by: "alice", sends: "POST /api/lab/forgery/made", body: { flow: "cookie", credential: "nonsense" } },
      { by: "alice", sends: "POST /api/lab/forgery/made", body: { flow: "nonesuch", credential: "nonsense" } },
    ],
  },
  {
    area: "instruments",
    name: "guessing",
    title: "an attack by guessing is played with its answer and its line, and logins are measured",
    steps: [
      { by: "alice", sends: "POST /api/lab/guessing", body: { attack: "another-device" } },
      { by: "alice", sends: "POST /api/lab/guessing", body: { attack: "nonesuch" } },
      { by: "alice", sends: "POST /api/lab/guessing/times", body: { each: 1 } },
      { by: "alice", sends: "POST /api/lab/guessing/times", body: { each: 21 } },
    ],
  },
  {
    area: "instruments",
    name: "leaked-key",
    title: "a lab shows its own keys, and what is made and played with one",
    steps: [
      { by: "alice", sends: "GET /api/lab/leaked-key" },
      {
        by: "alice",
        sends: "POST /api/lab/leaked-key/made",
        body: { key: "cookie/signed", variant: "cookie/signed", as: "admin" },
      },
      {
        by: "alice",
        sends: "POST /api/lab/leaked-key/made",
        body: { key: "cookie/signed", variant: "cookie/sealed", as: "admin" },
      },
      { by: "alice", sends: "POST /api/lab/leaked-key", body: { key: "cookie/signed", as: "admin" } },
      { by: "alice", sends: "POST /api/lab/leaked-key", body: { key: "nonesuch", as: "admin" } },
    ],
  },
  {
    area: "instruments",
    name: "theft",
    title: "a stolen credential is played from every sender and under every binding",
    steps: [
      { by: "alice", sends: "POST /api/lab/theft", body: { variant: "server-session/sql" } },
      { by: "alice", sends: "POST /api/lab/theft", body: { variant: "nonesuch/one" } },
    ],
  },
  {
    area: "instruments",
    name: "fixation",
    title: "a planted session id is played with and without a login that keeps it",
    steps: [
      { by: "alice", sends: "POST /api/lab/fixation", body: { variant: "server-session/sql" } },
      { by: "alice", sends: "POST /api/lab/fixation", body: { variant: "cookie/sealed" } },
    ],
  },
  {
    area: "instruments",
    name: "tossing",
    title: "a play of tossed cookies begins at the victim's host alone",
    steps: [
      { by: "alice", sends: "GET /api/lab/tossing" },
      { by: "alice", sends: "POST /api/lab/tossing" },
      { by: "alice", sends: "POST /api/lab/tossing", headers: { host: "app.localhost:3000" } },
      { by: "alice", sends: "GET /api/lab/tossing" },
    ],
  },
  {
    area: "instruments",
    name: "attacks",
    title:
      "a weakness is turned on and off, and a play of cross-site requests begins at the victim's host, and one of an injected script at the vulnerable one",
    steps: [
      { by: "alice", sends: "GET /api/lab/attacks" },
      { by: "alice", sends: "PATCH /api/lab/attacks/weaknesses", body: { weakness: "any-origin", on: true } },
      { by: "alice", sends: "PATCH /api/lab/attacks/weaknesses", body: { weakness: "nonesuch", on: true } },
      { by: "alice", sends: "POST /api/lab/attacks/pages", body: { page: "csrf", host: "sibling" } },
      { by: "alice", sends: "GET /api/lab/csrf" },
      { by: "alice", sends: "POST /api/lab/csrf", body: { flow: "cookie" } },
      { by: "alice", sends: "POST /api/lab/csrf", body: { flow: "cookie" }, headers: { host: "app.localhost:3000" } },
      { by: "alice", sends: "GET /api/lab/csrf" },
      { by: "alice", sends: "POST /api/lab/csrf", body: { flow: "nonesuch" } },
      { by: "alice", sends: "GET /api/lab/xss" },
      { by: "alice", sends: "POST /api/lab/xss" },
      { by: "alice", sends: "GET /api/lab/xss" },
    ],
  },
  {
    area: "instruments",
    name: "race",
    title: "a race tells its lanes, its plug and its verdicts as they come",
    steps: [
      {
        by: "alice",
        sends: "POST /api/lab/race",
        body: { plug: "replay-after-logout", variants: ["memory-jwt/user-version"] },
      },
      { by: "alice", sends: "POST /api/lab/race", body: { plug: "nonesuch", variants: ["server-session/sql"] } },
      { by: "alice", sends: "POST /api/lab/race", body: { plug: "replay-after-logout", variants: ["nonesuch/sql"] } },
    ],
  },
  {
    area: "instruments",
    name: "lessons",
    title: "a lesson is begun, played step by step, and left; no credential in its answers is whole",
    steps: [
      {
        by: "alice",
        sends: "POST /api/lab/lesson",
        body: { name: "the-thief-and-the-refresh-token", played: 2 },
        keeps: { lesson: "id" },
      },
      { by: "alice", sends: "POST /api/lab/lesson/{lesson}", body: { step: 2 } },
      { by: "alice", sends: "POST /api/lab/lesson/{lesson}", body: { step: 5 } },
      { by: "stranger", sends: "POST /api/lab/lesson/{lesson}", body: { step: 3 } },
      { by: "alice", sends: "DELETE /api/lab/lesson/{lesson}" },
      { by: "alice", sends: "DELETE /api/lab/lesson/{lesson}" },
      { by: "alice", sends: "POST /api/lab/lesson", body: { name: "nonesuch" } },
    ],
  },
  {
    area: "instruments",
    name: "refresh-bench",
    title: "a run of the refresh bench is the same for the same seed, and runs are counted",
    steps: [
      {
        by: "alice",
        sends: "POST /api/lab/refresh-bench/run",
        body: { strategy: "grace", schedule: "two-tabs", seed: 7 },
      },
      {
        by: "alice",
        sends: "POST /api/lab/refresh-bench/run",
        body: { strategy: "nonesuch", schedule: "two-tabs", seed: 7 },
      },
      {
        by: "alice",
        sends: "POST /api/lab/refresh-bench/count",
        body: { strategies: ["naive", "grace"], schedules: ["two-tabs"], from: 1, runs: 12 },
      },
      {
        by: "alice",
        sends: "POST /api/lab/refresh-bench/count",
        body: { strategies: ["naive"], schedules: ["nonesuch"], from: 1, runs: 3 },
      },
    ],
  },
];
