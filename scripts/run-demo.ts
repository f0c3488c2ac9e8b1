/**
 * Starts the application for a look around, and says where it
 * is and who can log in. `-- --https` serves a whole class.
 */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Certificate, httpsCertificate, networkAddresses } from "./https-certificate.ts";
import { finished, giveUp, project, readArguments, start } from "./processes.ts";

/** The part of `GET /api/lab` that the demo prints. */
type People = {
  readonly people: readonly { username: string; displayName: string; role: string; password?: string }[];
};

/** The first start of a fresh clone compiles the application. */
const startMilliseconds = 180_000;

const { values: asked } = readArguments(
  { options: { https: { type: "boolean", default: false } } },
  "There is one option: npm run demo -- --https",
);
const certificate = asked.https ? await httpsCertificate(join(project, ".cache/https")) : null;
const port = await freePort(Number(process.env["PORT"] ?? 3000));
const origin = `${certificate ? "https" : "http"}://localhost:${port}`;

const server = start("next", ["dev", "--port", String(port), ...(certificate ? httpsArguments(certificate) : [])], {
  env: {
    ...process.env,
    PORT: String(port),
    ...(certificate && { LOGINSCOPE_ORIGIN: process.env["LOGINSCOPE_ORIGIN"] ?? origin }),
  },
});
const ended = finished(server);
// Ctrl-C also reaches Next.js, which listens to the first signal only. If only this program is ended, it ends Next.js
// too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));

const problem = await Promise.race([ended.then(() => "it ended"), waitUntilHealthy()]);
if (problem !== null) {
  server.kill("SIGTERM");
  await ended;
  giveUp(`The application did not start: ${problem}.`, "The lines above say why.");
}
await introduce();
process.exitCode = await ended;

function httpsArguments({ keyFile, certificateFile }: Certificate): string[] {
  const files = { key: keyFile, cert: certificateFile, ca: certificateFile };
  // With given files Next.js makes no certificate and downloads no tool for it. `ca` lets the application trust itself.
  return [
    "--experimental-https",
    ...Object.entries(files).map(([kind, file]) => `--experimental-https-${kind}=${file}`),
  ];
}

async function freePort(wanted: number): Promise<number> {
  for (let candidate = wanted; candidate < wanted + 100; candidate += 1) {
    const probe = createServer().listen(candidate);
    const free = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    probe.close();
    if (free) {
      if (candidate !== wanted) console.log(`Port ${wanted} is taken, so this is ${candidate}.`);
      return candidate;
    }
  }
  return giveUp(`No port from ${wanted} to ${wanted + 99} is free. Choose another: PORT=4000 npm run demo`);
}

/** Answers null as soon as the application is up, or the problem. */
async function waitUntilHealthy(): Promise<string | null> {
  const deadline = Date.now() + startMilliseconds;
  let last = "it did not answer";
  while (Date.now() < deadline) {
    try {
      const { status, body } = await request("/api/health");
      if (status === 200) return null;
      last = `/api/health answered ${status}: ${body.slice(0, 300)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(500);
  }
  return last;
}

/** One GET to the application. With https it trusts the certificate made above, and no other. */
function request(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = certificate
      ? getHttps(origin + path, { ca: readFileSync(certificate.certificateFile) })
      : getHttp(origin + path);
    sent.setTimeout(60_000, () => sent.destroy(new Error(`${path} took longer than a minute`)));
    sent.on("error", reject);
    sent.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        body += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    });
  });
}

async function introduce(): Promise<void> {
  const addresses = [origin, ...(certificate ? networkAddresses().map((address) => `https://${address}:${port}`) : [])];
  // Reads people and passwords from the application, so that they are defined once. The page is compiled meanwhile.
  // On a slow machine that takes longer than a request may: the application goes on, and the page comes when it is asked.
  const [lab] = await Promise.all(["/api/lab", "/"].map((path) => request(path).catch(() => null)));
  const { people }: People = lab?.status === 200 ? JSON.parse(lab.body) : { people: [] };
  const lines = [
    "",
    "Loginscope is running.",
    "",
    ...addresses.map((address) => `  ${address}`),
    "",
    ...(certificate
      ? [
          "The browser will say that it does not know the certificate's maker. It was this machine, just now: go on.",
          "",
        ]
      : []),
    ...(people.length > 0 ? ["Each visitor gets a lab of their own, and in it live:", ""] : []),
    ...people.map(
      ({ username, password, displayName, role }) =>
        `  ${username.padEnd(8)} ${(password ?? "").padEnd(28)} ${displayName}, ${role}`,
    ),
    "",
    "To begin: log in with all four flows at once, pull a plug, and watch who still gets in.",
    "Ctrl-C ends it.",
    "",
  ];
  console.log(lines.join("\n"));
}
