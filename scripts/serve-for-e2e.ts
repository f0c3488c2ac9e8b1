/** Serves the production build for the tests in e2e: lab mode, an empty database, Redis, a new secret, and cheap hashes. */

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startRedis } from "../lib/testing/redis-server.ts";
import { withCheapHashes } from "../lib/testing/with-cheap-hashes.ts";
import { finished, giveUp, project, start } from "./processes.ts";

const port = process.env["PORT"] ?? "3210";
const folder = join(project, ".cache/e2e");
if (!existsSync(join(project, ".next/BUILD_ID"))) {
  giveUp("There is no production build to test.", "`npm run test:e2e` builds first and then runs these tests.");
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** High rate limits, because all tests come from one address and each creates a lab and logs in often. */
const limits = {
  LABS_PER_HOUR: "1000000",
  LOGIN_ATTEMPTS_PER_ADDRESS: "1000000",
  REFRESHES_PER_MINUTE: "1000000",
};

const given = process.env["REDIS_URL"];
const redis = given ? null : await startRedis();

const server = start("next", ["start", "--port", port], {
  env: {
    ...process.env,
    ...limits,
    ...withCheapHashes,
    PORT: port,
    NODE_ENV: "production",
    LAB_MODE: "on",
    LOGINSCOPE_ORIGIN: `http://localhost:${port}`,
    // Pages of another site, which the tests serve on the port after this one; of two, one may call.
    CORS_ORIGINS: `http://friend.localhost:${Number(port) + 1}`,
    LOGINSCOPE_SECRET: randomBytes(48).toString("base64url"),
    REDIS_URL: given ?? redis?.url,
    DATABASE_URL: `file:${join(folder, "loginscope.db")}`,
    SECURITY_CONTACT: "mailto:security@login.example",
    // The results that a test writes, not those of an earlier run.
    TEST_RESULTS: join(folder, "conformance.json"),
    TEST_RECORD: join(folder, "recorded.json"),
  },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
process.exitCode = await finished(server);
await redis?.stop();
