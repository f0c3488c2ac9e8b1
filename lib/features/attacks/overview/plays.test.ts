import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab } from "../../../testing/visitor.ts";
import { type AttackRow, playedCells, type RowPlay } from "./model.ts";
import { withPlays } from "./plays.ts";
import { attackRows } from "./rows.ts";

const manifests = flows.map(({ manifest }) => manifest);
const rows = withPlays(attackRows(manifests), manifests);

/** Every cell that the server plays by itself. */
const cells = rows.flatMap((row) => Object.entries(row.plays ?? {}).map(([flow, asked]) => ({ row, flow, asked })));

let app: TestApplication;
const answers = new Map<string, RowPlay>();
beforeAll(async () => {
  app = await createTestApplication();
  const visitor = await enterLab(app);
  for (const { asked } of cells) {
    const key = JSON.stringify([asked.address, asked.body]);
    if (!answers.has(key)) answers.set(key, (await visitor.post(asked.address, asked.body)).body as unknown as RowPlay);
  }
}, 60_000);
afterAll(() => app.dispose());

test("the server plays by itself what needs no window of a browser: theft, fixation, forgery, a leaked key and guessing", () => {
  expect(rows.flatMap(({ id, plays }) => (plays ? [[id, Object.keys(plays).length]] : []))).toEqual([
    ["theft-own-device", 4],
    ["theft-alike", 4],
    ["fixation", 1],
    ["forgery", 4],
    ["leaked-key", 3],
    ["guessing", 1],
  ]);
});

test.for(cells.map(({ row, flow, asked }) => ({ id: row.id, flow, row, asked })))(
  "$id on $flow comes to what the overview claims, when it is played",
  ({ row, flow, asked }) => {
    const play = answers.get(JSON.stringify([asked.address, asked.body]));
    expect(play && playedCells(row, flow, play)).toEqual(row.cells[flow]);
  },
);

test("a play that could not be tried leaves both cells untried, with its reason", () => {
  const untried = { outcome: "untried", words: "alice could not log in." };
  const row = rows.find(({ id }) => id === "fixation") as AttackRow;
  expect(
    playedCells(row, "server-session", { tried: false, variant: "server-session/sql", why: "alice could not log in." }),
  ).toEqual({
    ...{ without: untried, with: untried },
  });
});

test("what is played otherwise than claimed is shown as it was played", () => {
  const row = rows.find(({ id }) => id === "guessing") as AttackRow;
  const play = answers.get(JSON.stringify(["/api/lab/guessing", { attack: "many-addresses" }]));
  if (!play?.tried || !("played" in play) || !("weakness" in play.played)) throw new Error("Guessing was not played");
  const { played } = play;
  const swapped = { ...played, weakness: { ...played.weakness, ...played.defence }, defence: played.weakness };
  expect(playedCells(row, "server-session", { ...play, played: swapped } as RowPlay)).toEqual({
    without: { outcome: "refused", words: "TOO_MANY_REQUESTS" },
    with: { outcome: "succeeds", words: "it got in" },
  });
});
