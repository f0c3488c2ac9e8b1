import type { Scenario } from "../scenario.ts";

/** Addresses that take no credential. */
export const openScenarios: readonly Scenario[] = [
  {
    area: "open",
    name: "take-away",
    title: "a variant's source is taken away as a zip file",
    steps: [
      { by: "stranger", sends: "GET /api/take-away/server-session/sql" },
      { by: "stranger", sends: "GET /api/take-away/server-session/nonesuch" },
    ],
  },
  {
    area: "open",
    name: "comparison",
    title: "every variant is compared over every column, as JSON or CSV",
    steps: [
      { by: "stranger", sends: "GET /api/comparison" },
      { by: "stranger", sends: "GET /api/comparison?format=csv" },
      { by: "stranger", sends: "GET /api/comparison?format=xml" },
    ],
  },
  {
    area: "open",
    name: "openapi",
    title: "the HTTP interface is described by an OpenAPI document",
    steps: [{ by: "stranger", sends: "GET /api/openapi.json" }],
  },
  {
    area: "open",
    name: "health",
    title: "an application without a Redis server says that it has none",
    steps: [{ by: "stranger", sends: "GET /api/health" }],
  },
  {
    area: "open",
    name: "health-with-redis",
    title: "an application with a Redis server says whether it answers",
    redis: true,
    steps: [{ by: "stranger", sends: "GET /api/health" }],
  },
];
