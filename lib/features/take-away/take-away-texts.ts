import type { FlowManifest, Variant } from "../../core/variant.ts";

/** Who may log in, and where they are kept. `sql`: as rows, so that what ends a login outlives the process. */
export function peopleText(sql: boolean): string {
  const list = `/** Whoever may log in. These passwords are public: put your own people here before anybody else can reach this server. */
export const people = [
  { username: "alice", displayName: "Alice", role: "user", password: "alice-likes-tea" },
  { username: "bob", displayName: "Bob", role: "user", password: "bob-likes-coffee" },
  { username: "admin", displayName: "Admin", role: "admin", password: "admin-likes-logs" },
] as const;
`;
  return sql ? inSql(list) : inMemory(list);
}

function inMemory(list: string): string {
  return `import type { Passwords } from "./lib/adapters/argon2-passwords.ts";
import type { Person } from "./lib/core/lab.ts";

${list}
/** As the flow sees them: by id, with hashes in place of passwords. */
export async function hashed(from: typeof people, passwords: Passwords): Promise<ReadonlyMap<string, Person>> {
  const entries = from.map(async ({ password, ...person }): Promise<[string, Person]> => {
    const passwordHash = await passwords.hash(password);
    return [person.username, { ...person, id: person.username, disabled: false, passwordHash, balance: 0 }];
  });
  return new Map(await Promise.all(entries));
}
`;
}

function inSql(list: string): string {
  return `import type { Passwords } from "./lib/adapters/argon2-passwords.ts";
import { createNodeRandom } from "./lib/adapters/node-random.ts";
import { systemClock } from "./lib/adapters/system-clock.ts";
import { type Database, openDatabase } from "./lib/stores/prisma/database.ts";
import { migrate } from "./lib/stores/prisma/migrate.ts";
import { createPrismaLabs } from "./lib/stores/prisma/prisma-labs.ts";

${list}
type Peopled = { readonly url: string; readonly people: typeof people; readonly passwords: Passwords };

/** The database, migrated, with these people in it. Whoever is there already stays as they are. */
export async function openPeopled({ url, people: first, passwords }: Peopled): Promise<Database> {
  await migrate(url);
  const database = await openDatabase(url);
  const labs = createPrismaLabs({ client: database.client, random: createNodeRandom(), clock: systemClock });
  const entries = first.map(async ({ password, ...person }) => ({
    ...person,
    passwordHash: await passwords.hash(password),
  }));
  await labs.open("main", { salt: "", enabled: [], expiresAt: null, people: await Promise.all(entries) });
  return database;
}
`;
}

export const mainText = `import { randomBytes } from "node:crypto";
import { deviceOf } from "./lib/adapters/bowser-device.ts";
import { createMemoryLimiter } from "./lib/adapters/memory-limiter.ts";
import { createNodeServer } from "./lib/http/node-server.ts";
import { createStandalone } from "./lib/http/standalone.ts";
import { openFlow } from "./wiring.ts";

const port = Number(process.env["PORT"] ?? 8080);
const origin = process.env["ORIGIN"] ?? \`http://localhost:\${port}\`;
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
  console.log(\`\${variant.id} at http://localhost:\${typeof address === "object" ? address?.port : address}\`);
});

process.once("SIGTERM", () => {
  server.close();
  void close().finally(() => process.exit());
});
`;

export const vitestText = `import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["lib/flows/*/*.test.ts"],
    testTimeout: 15_000,
    // One test's doubles never reach the next.
    restoreMocks: true,
  },
});
`;

type Readme = {
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly needs: { readonly sql: boolean; readonly redis: boolean };
  /** What is there for the tests alone. */
  readonly testOnly: readonly string[];
};

export function readmeText({ manifest, variant, needs, testOnly }: Readme): string {
  const warning = {
    safe: "",
    limited: "\n**Limited**: right for its kind, but a copy of what the client holds can outlive its logout.\n",
    unsafe: "\n**Unsafe**, wrong on purpose, to be seen failing. Use it for nothing else.\n",
  }[variant.safety];
  const token = variant.holds[0].travels === "bearer";
  const again = token
    ? `curl -sS localhost:8080/me -H "Authorization: Bearer <the access_token of that answer>"`
    : "curl -sS -b jar -c jar localhost:8080/me";
  const services = [
    ...(needs.sql
      ? ["| `DATABASE_URL` | `file:./data/logins.db` | a SQLite file; it is made and migrated at the start |"]
      : []),
    ...(needs.redis ? ["| `REDIS_URL` | `redis://localhost:6379` | a Redis server |"] : []),
  ];
  return `# ${manifest.title}: ${variant.title}

\`${variant.id}\`, taken out of Loginscope. ${manifest.trusts} ${manifest.therefore}

${variant.summary}
${warning}
## Run it

\`\`\`sh
npm install        # Node.js 20 or later; the server itself runs on the Node.js that this installs
npm start
npm test           # the flow's own tests
npm run check      # types
\`\`\`

\`\`\`sh
curl -sS -c jar localhost:8080/login -H 'Content-Type: application/json' \\
  -d '{"username":"alice","password":"alice-likes-tea"}'
${again}
curl -sS -b jar -c jar -X POST localhost:8080/logout
\`\`\`

\`POST /login\`, \`GET /me\`, \`POST /refresh\`, \`POST /logout\`, \`GET /sessions\`, \`POST /revoke\`. What this variant cannot do
answers 405 and says why. Refusals are problem details (RFC 9457) with a \`code\`.

| variable | default | |
|--|--|--|
| \`PORT\` | \`8080\` | on \`localhost\` only: put a proxy with https in front |
| \`ORIGIN\` | \`http://localhost:<PORT>\` | the address that people see; pages of any other origin cannot change anything here |
| \`SECRET\` | made anew at each start | at least 32 random characters (\`openssl rand -base64 48\`); all keys come from it |
${services.map((line) => `${line}\n`).join("")}
## Read it

1. \`lib/flows/${manifest.id}/flow.ts\`: the flow, top to bottom.
2. \`wiring.ts\`: what this variant's settings become.
3. \`lib/http/standalone.ts\`: the requests. \`main.ts\` starts it all.

## Before it is yours

- \`people.ts\` has public passwords. Put your own people there, or your own \`Users\` in \`wiring.ts\`.
- Set \`SECRET\`, and \`ORIGIN\` to the https address that people see: browsers keep \`__Host-\` cookies only over https, localhost excepted.
- The constant \`main\` stands where Loginscope has the name of a lab. It is part of every credential; leave it, or change it everywhere.
- Counting wrong passwords is done in this process alone, and the log of events goes to the console.
- Nothing is cleaned up by itself: call the \`sweep\` of what \`wiring.ts\` opens now and then.
- Changing a password is not here. When you add it, call \`users.raiseVersion\`, which ends what was issued before.
${testOnly.length > 0 ? `\nOnly the tests need these, since they hold all variants of the flow to its rules:\n\n${testOnly.map((path) => `- \`${path}\``).join("\n")}\n` : ""}
MIT: see \`LICENSE\`.
`;
}
