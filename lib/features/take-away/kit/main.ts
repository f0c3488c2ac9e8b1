import { randomBytes } from "node:crypto";
import { deviceOf } from "../../../adapters/bowser-device.ts";
import { createMemoryLimiter } from "../../../adapters/memory-limiter.ts";
import { second } from "../../../core/time.ts";
import { createNodeServer } from "../../../http/node-server.ts";
import { createStandalone } from "../../../http/standalone.ts";
import { stopServers } from "../../../http/stop-servers.ts";
import { openFlow } from "./wiring.ts";

const port = Number(process.env["PORT"] ?? 8080);
const origin = process.env["ORIGIN"] ?? `http://localhost:${port}`;
const given = process.env["SECRET"];
if (given !== undefined && given.length < 32) throw new Error("SECRET must have at least 32 random characters");
if (given === undefined) console.warn("SECRET is not set: keys are made for this start, and end with it.");

const { flow, manifest, variant, close } = await openFlow({
  origin,
  secret: given ?? randomBytes(48).toString("base64url"),
  databaseUrl: process.env["DATABASE_URL"] ?? "file:./data/logins.db",
  redisUrl: process.env["REDIS_URL"] ?? "redis://localhost:6379",
});

const server = createNodeServer(
  createStandalone({
    flow,
    manifest,
    variant,
    origin,
    deviceOf,
    limit: createMemoryLimiter({ points: 10, seconds: 300 }),
    report: (error) => console.error(error),
  }),
  origin,
);
server.listen(port, "localhost", () => {
  const address = server.address();
  console.log(`${variant.id} at http://localhost:${typeof address === "object" ? address?.port : address}`);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    // What is under way is answered first, for a few seconds at most.
    void stopServers([server], 4 * second)
      .then(close)
      .finally(() => process.exit(0));
  });
}
