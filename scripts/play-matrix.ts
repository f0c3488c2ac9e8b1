// Lets a running server play the matrix in a new lab, and prints the result.
//
//   npm run matrix -- [--origin http://localhost:3000] [--variant cookie/plain]… [--event replay-after-logout]…
//                     [--csv file] [--json file]
//
// Ends with 1 if a cell differs from its claim or could not be judged. The seconds are for the whole run.

import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { MatrixCell, MatrixNews } from "../lib/lab/played-cells.ts";
import { readArguments } from "./processes.ts";

const { values: asked } = readArguments(
  {
    options: {
      origin: { type: "string", default: "http://localhost:3000" },
      variant: { type: "string", multiple: true },
      event: { type: "string", multiple: true },
      csv: { type: "string" },
      json: { type: "string" },
    },
  },
  "The options: --origin <address>, --variant <id>, --event <id>, --csv <file>, --json <file>",
);

const matrix = `${asked.origin}/api/lab/matrix`;
const entered = await fetch(`${asked.origin}/api/lab`);
const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const headers = { cookie, "content-type": "application/json" };
const wanted = { ...(asked.variant && { variants: asked.variant }), ...(asked.event && { experiments: asked.event }) };

const began = performance.now();
const response = await fetch(matrix, { method: "POST", headers, body: JSON.stringify(wanted) });
if (!response.ok || !response.body) {
  const { code, detail } = await response.json();
  throw new Error(`${code}: ${detail}`);
}

let [of, asClaimed] = [0, 0];
let whole = false;
const others: string[] = [];
for await (const line of createInterface({ input: Readable.fromWeb(response.body as ReadableStream<Uint8Array>) })) {
  const news: MatrixNews = JSON.parse(line);
  if (news.type === "begun") of = news.cells;
  if (news.type === "done") whole = true;
  if (news.type === "failed") others.push(`${news.variant}, ${news.experiment}: could not be judged. ${news.reason}`);
  if (news.type === "cell" && news.cell.holds) asClaimed += 1;
  if (news.type === "cell" && !news.cell.holds) others.push(differing(news.cell));
  if (process.stderr.isTTY) process.stderr.write(`\r${asClaimed + others.length} of ${of}`);
}
const seconds = Math.round((performance.now() - began) / 1000);
if (process.stderr.isTTY) process.stderr.write("\r");

for (const [path, address] of [
  [asked.csv, `${matrix}?format=csv`],
  [asked.json, matrix],
] as const) {
  if (path !== undefined) await writeFile(path, await (await fetch(address, { headers: { cookie } })).text());
}
for (const line of others) console.log(line);
console.log(`${asClaimed} of ${of} cells as claimed, in ${seconds} s`);
process.exitCode = whole && asClaimed === of ? 0 : 1;

function differing({ variant, experiment, expected, observed }: MatrixCell): string {
  const words = (lines: typeof expected | typeof observed) =>
    lines.map(({ credential, outcome, until }) => `${credential} ${outcome} ${until}`).join("; ");
  return `${variant}, ${experiment}: claimed ${words(expected)}, observed ${words(observed)}`;
}
