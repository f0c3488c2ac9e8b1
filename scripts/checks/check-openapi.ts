/** Lints the OpenAPI document of `/api/openapi.json` by the rules of redocly.yaml, in lab mode and outside it. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestApplication } from "../../lib/testing/test-application.ts";
import { finished, start } from "../processes.ts";

const folder = await mkdtemp(join(tmpdir(), "loginscope-openapi-"));
const files = await Promise.all(
  ["on", "off"].map(async (labMode) => {
    const app = await createTestApplication({ LAB_MODE: labMode, REDIS_URL: "" });
    const answer = await app.dispatch(new Request(`${app.env.origin}/api/openapi.json`));
    const file = join(folder, `lab-mode-${labMode}.json`);
    await writeFile(file, JSON.stringify(await answer.json(), null, 2));
    await app.dispose();
    return file;
  }),
);
process.exitCode = await finished(start("redocly", ["lint", ...files, "--config=redocly.yaml"]));
await rm(folder, { recursive: true });
