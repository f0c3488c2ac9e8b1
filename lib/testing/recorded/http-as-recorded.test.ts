import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusals } from "../../core/refusal.ts";
import { problemType } from "../../http/problem.ts";
import { type RedisServer, startRedis } from "../redis-server.ts";
import { createTestApplication } from "../test-application.ts";
import { layOut } from "./layout.ts";
import { masks } from "./masks.ts";
import { createPlayer, type Player, type Recorded } from "./play-scenario.ts";
import { accountScenarios } from "./scenarios/accounts.ts";
import { adminScenarios } from "./scenarios/admins.ts";
import { edgeScenarios } from "./scenarios/edge.ts";
import { flowScenarios } from "./scenarios/flow-calls.ts";
import { flowSpecials } from "./scenarios/flow-specials.ts";
import { instrumentScenarios } from "./scenarios/instruments.ts";
import { labScenarios } from "./scenarios/labs.ts";
import { openScenarios } from "./scenarios/open-to-all.ts";
import { programScenarios } from "./scenarios/programs.ts";
import { variantScenarios } from "./scenarios/variants.ts";
import type { Written } from "./written.ts";

const scenarios = [
  ...variantScenarios,
  ...flowScenarios,
  ...flowSpecials,
  ...accountScenarios,
  ...adminScenarios,
  ...programScenarios,
  ...labScenarios,
  ...instrumentScenarios,
  ...openScenarios,
  ...edgeScenarios,
];
/** The whole table: lab mode on, as in most scenarios. */
const app = await createTestApplication();
const rows = [...app.table].flatMap(([pattern, endpoint]) =>
  Object.keys(endpoint).map((method) => ({ method, pattern })),
);
await app.dispose();

const answers = join(import.meta.dirname, "answers");
const fileOf = ({ area, name }: { area: string; name: string }) => join(area, `${name}.json`);

let redis: RedisServer;
let player: Player;
beforeAll(async () => {
  redis = await startRedis();
  player = createPlayer(redis.url);
});
afterAll(async () => {
  await player.close();
  await redis.stop();
});

/** What the scenarios below recorded, for the tests of coverage after them. */
const played: Recorded[] = [];
const exchanges = () => played.flatMap((each) => each.exchanges);

// Measuring every variant, for the comparison, takes seconds on a busy machine.
describe("the HTTP interface answers as recorded", { timeout: 60_000 }, () => {
  test.for(scenarios)("$area: $title", async (scenario) => {
    const recorded = await player.play(scenario);
    played.push(recorded);
    await expect(`${layOut(recorded)}\n`).toMatchFileSnapshot(join(answers, fileOf(scenario)));
  });

  test("each recorded file belongs to a scenario", () => {
    const files = readdirSync(answers, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
    expect(scenarios.map(fileOf)).toEqual(expect.arrayContaining(files));
  });
});

describe("the recorded answers cover the HTTP interface", () => {
  test.for(rows)("$method /api/$pattern is recorded with a success or with NOT_SUPPORTED", ({ method, pattern }) => {
    const path = new RegExp(`^/api/${pattern.replaceAll(/:\w+\*/g, ".+").replaceAll(/:\w+/g, "[^/]+")}(\\?|$)`);
    const its = exchanges().filter(({ request }) => request.method === method && path.test(request.path));
    const done = its.filter((each) => each.answer.status < 300 || codeOf(each) === "NOT_SUPPORTED");
    expect(done).not.toEqual([]);
  });

  // SUPERSEDED takes two requests at once, and a scenario sends one after another.
  const one = Object.keys(refusals).filter((code) => code !== "SUPERSEDED");

  test.for(one)("the refusal %s is recorded", (code) => {
    expect(exchanges().map(codeOf)).toContain(code);
  });

  test.for(masks)("the mask $name hides a value of some recorded answer", ({ name }) => {
    expect(JSON.stringify(played)).toContain(`‹${name}`);
  });
});

/** The code of a refusal, else `null`. */
function codeOf({ answer: { headers, body } }: Written): unknown {
  const isProblem = headers["content-type"] === problemType && typeof body === "object" && body !== null;
  return isProblem && "code" in body ? body.code : null;
}
