import type { FlowModule, StoreName, Variant } from "../core/flow.ts";
import type { FlowDeps } from "../core/ports.ts";
import { argumentsOf, creatorOf, type Named, portsOf, type Row, rowOf } from "./named-parts.ts";

/** What decides how a port is made. */
type Making = { readonly variant: Variant; readonly sql: boolean; readonly revocation: Row };
type Line = string | Promise<Row>;

/** A constant of the wiring, written only where something below it mentions its name. */
type Constant = { readonly name: string; text(making: Making): string };

const place = (call: string) => (sql: boolean) => (sql ? `createPrisma${call}(place)` : `createMemory${call}()`);
const [families, denylist] = [place("RefreshFamilies"), place("Denylist")];

const records: Readonly<Record<StoreName, string>> = {
  sql: "createPrismaRecords(place)",
  memory: "createMemoryRecords()",
  redis: `createRedisRecords({ redis, lab: labId, flow: manifest.id })`,
  cached: `createCachedRecords({
      records: createPrismaRecords(place),
      cache: createRecordCache(10_000),
      place: labId,
      staleFor: chosen.settings.staleFor ?? 0,
      systemClock: clock,
      labClock: clock,
    })`,
};

/** How each port is made. A flow's wiring has those that it asks for. */
const ports: Readonly<Record<keyof FlowDeps, (making: Making) => Line>> = {
  variant: () => "variant",
  settings: () => "chosen.settings",
  users: () => "users",
  records: ({ variant }) => records[variant.settings.store ?? "memory"],
  families: ({ sql }) => families(sql),
  revocation: ({ revocation }) => revocation.text,
  signer: ({ variant }) => `createJoseSigner({
      keys: keys.signing("${variant.settings.algorithm ?? "EdDSA"}"),
      issuer: origin,
      variant,
      skew: chosen.settings.lifetimes.skew,
      clock,
    })`,
  cookieState: ({ variant }) => rowOf("lib/adapters/cookie-encodings.ts", variant.settings.encoding ?? "sealed"),
  secrets: () => "createNodeSecrets({ address, successorKey: keys.successor(variant) })",
  random: () => "createNodeRandom()",
  clock: () => "clock",
  log: () => "log",
};

/** In the order in which they can be written: each needs only what stands above it. */
const constants: readonly Constant[] = [
  { name: "variant", text: () => "chosen.id" },
  { name: "clock", text: () => "systemClock" },
  { name: "address", text: ({ variant }) => `"main.${variant.id.split("/")[1]}"` },
  { name: "labId", text: () => '"main"' },
  {
    name: "keys",
    text: () => 'deriveLabKeys({ secret, labId: "main", salt: "", generations: [1] })',
  },
  { name: "passwords", text: () => "createArgon2Passwords()" },
  { name: "database", text: () => "await openPeopled({ url: databaseUrl, people, passwords })" },
  { name: "redis", text: () => "await openRedis(redisUrl)" },
  { name: "place", text: () => "{ client: database.client, labId, flow: manifest.id }" },
  {
    name: "users",
    text: ({ sql }) =>
      sql
        ? "createPrismaUsers({ ...place, passwords })"
        : "createMemoryUsers({ people: await hashed(people, passwords), passwords })",
  },
  { name: "denylist", text: ({ sql }) => denylist(sql) },
  { name: "log", text: () => "{ record: (event: AuthEvent) => console.log(JSON.stringify(event)) }" },
];

/** Where what the lines above call is at home. The rows of tables bring their own. */
const homes: Readonly<Record<string, string>> = {
  createArgon2Passwords: "lib/adapters/argon2-passwords.ts",
  createCachedRecords: "lib/stores/cached/cached-records.ts",
  createCookieState: "lib/adapters/cookie-state.ts",
  createJoseSigner: "lib/adapters/jose-signer.ts",
  createMemoryDenylist: "lib/stores/memory/memory-denylist.ts",
  createMemoryRecords: "lib/stores/memory/memory-records.ts",
  createMemoryRefreshFamilies: "lib/stores/memory/memory-refresh-families.ts",
  createMemoryUsers: "lib/stores/memory/memory-users.ts",
  createNodeRandom: "lib/adapters/node-random.ts",
  createNodeSecrets: "lib/adapters/node-secrets.ts",
  createPrismaDenylist: "lib/stores/prisma/prisma-denylist.ts",
  createPrismaRecords: "lib/stores/prisma/prisma-records.ts",
  createPrismaRefreshFamilies: "lib/stores/prisma/prisma-refresh-families.ts",
  createPrismaUsers: "lib/stores/prisma/prisma-users.ts",
  createRecordCache: "lib/stores/cached/cached-records.ts",
  createRedisRecords: "lib/stores/redis/redis-records.ts",
  deriveLabKeys: "lib/adapters/derived-keys.ts",
  hashed: "people.ts",
  openPeopled: "people.ts",
  openRedis: "lib/stores/redis/redis.ts",
  people: "people.ts",
  systemClock: "lib/adapters/system-clock.ts",
};

export type Wiring = {
  /** `wiring.ts`: the variant's settings, bound to its ports. */
  readonly text: string;
  readonly needs: { readonly sql: boolean; readonly redis: boolean };
};

/** Writes the wiring of one variant: its ports and nothing else. */
export async function wiringOf(module: FlowModule, variant: Variant): Promise<Wiring> {
  const { store, revocation: policy } = variant.settings;
  const asked = portsOf(module, variant);
  const policyRow = await rowOf("lib/revocation/registry.ts", policy);
  const revocation = await callOf(policyRow);
  // Versions that a policy raises have to outlive the process, or a restart revives what was ended.
  const raises = asked.has("revocation") && /\busers\b/.test(revocation.text);
  const sql = store === "sql" || store === "cached" || raises;

  const making = { variant, sql, revocation };
  const needed = [await creatorOf(module.manifest.id)];
  if (asked.has("revocation")) needed.push(...revocation.needs);
  const lines: string[] = [];
  for (const port of Object.keys(ports) as (keyof FlowDeps)[]) {
    if (!asked.has(port)) continue;
    const line = await ports[port](making);
    if (typeof line !== "string") needed.push(...line.needs);
    const text = typeof line === "string" ? line : `createCookieState(address, ${line.text})`;
    lines.push(port === text ? `    ${port},` : `    ${port}: ${text},`);
  }
  const absent = (Object.keys(ports) as (keyof FlowDeps)[]).filter((port) => !asked.has(port));
  const text = write(module, making, { lines, absent, needed });
  return { text, needs: { sql, redis: /\bopenRedis\b/.test(text) } };
}

/** A row that only names its function is called with what that function takes. */
async function callOf(row: Row): Promise<Row> {
  const [only] = row.needs;
  if (!only || only.name !== row.text) return row;
  const taken = await argumentsOf(only);
  return { ...row, text: taken.length === 0 ? `${row.text}()` : `${row.text}({ ${taken.join(", ")} })` };
}

type Parts = {
  readonly lines: readonly string[];
  readonly absent: readonly string[];
  readonly needed: readonly Named[];
};

function write({ manifest }: FlowModule, making: Making, { lines, absent, needed }: Parts): string {
  const { variant } = making;
  let body = lines.join("\n");
  const prelude: string[] = [];
  for (const { name, text } of constants.toReversed()) {
    const value = text(making);
    if (!mentions(`${prelude.join("\n")}\n${body}`, name)) continue;
    prelude.unshift(`  const ${name} = ${value};`);
  }
  if (absent.length > 0) body += `\n    ...notAsked(${absent.map((port) => `"${port}"`).join(", ")}),`;
  const creator = needed[0]?.name ?? "";
  const code = `${prelude.join("\n")}\n\n  const deps: FlowDeps = {\n${body}\n  };`;
  const opened = ["database", "redis"].filter((name) => mentions(code, name));
  const closing = `async () => {${opened.map((name) => ` await ${name}.close();`).join("")}${opened.length > 0 ? " " : ""}}`;
  const given = ["origin", "secret", "databaseUrl", "redisUrl"].filter((name) => mentions(code, name));
  return `${importsFor(code, manifest.id, needed)}

const variants: readonly Variant[] = manifest.variants;

export type Surroundings = {
  /** Scheme, host and port under which people reach this server. */
  readonly origin: string;
  /** At least 32 random characters: every key is derived from it. */
  readonly secret: string;
  /** A SQLite file, such as file:./data/logins.db. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
};

/** ${variant.id}, bound to what it asks for. */
export async function openFlow({ ${given.join(", ")} }: Surroundings) {
  const chosen = variants.find(({ id }) => id === "${variant.id}");
  if (!chosen) throw new Error("The manifest has no ${variant.id}");
${code}
  return { flow: ${creator}(deps), manifest, variant: chosen, close: ${closing} };
}
${absent.length > 0 ? notAsked : ""}`;
}

/** FlowDeps has a place for every port there is; a flow takes the ones that it uses. */
const notAsked = `
/** Ports that this variant does not ask for. Whoever touches one after all is told its name. */
function notAsked<Port extends keyof FlowDeps>(...ports: readonly Port[]): Pick<FlowDeps, Port> {
  const missing = ports.map((port) => {
    const touch = () => {
      throw new Error(\`This wiring has no \${port}\`);
    };
    return [port, new Proxy({}, { get: touch })];
  });
  return Object.fromEntries(missing) as Pick<FlowDeps, Port>;
}
`;

function importsFor(code: string, flow: string, needed: readonly Named[]): string {
  const named = [
    ...needed,
    ...Object.entries(homes)
      .filter(([name]) => mentions(code, name))
      .map(([name, file]) => ({ name, file })),
    { name: "manifest", file: `lib/flows/${flow}/manifest.ts` },
  ];
  const types = ["FlowDeps", ...(mentions(code, "AuthEvent") ? ["AuthEvent"] : [])].sort();
  const files = Map.groupBy(named, ({ file }) => file);
  const lines = [...files].map(([file, each]) => `import { ${namesOf(each)} } from "./${file}";`);
  return [
    ...lines,
    'import type { Variant } from "./lib/core/flow.ts";',
    `import type { ${types.join(", ")} } from "./lib/core/ports.ts";`,
  ]
    .sort((a, b) => pathIn(a).localeCompare(pathIn(b)))
    .join("\n");
}

function namesOf(named: readonly Named[]): string {
  return [...new Set(named.map(({ name }) => name))].sort().join(", ");
}

function pathIn(line: string): string {
  return line.slice(line.indexOf('"'));
}

function mentions(text: string, name: string): boolean {
  // No property of that name, neither read nor written; three dots before it spread it.
  return new RegExp(`(?<![\\w"]|(?<!\\.\\.)\\.)${name}\\b(?!:)`).test(text);
}
