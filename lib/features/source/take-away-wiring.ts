import type { FlowModule } from "../../core/flow.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { StoreName } from "../../core/settings.ts";
import type { Variant } from "../../core/variant.ts";
import { argumentsOf, creatorOf, type Named, portsOf, type Row, rowOf } from "./named-parts.ts";
import { oncePer, type Repository } from "./repository.ts";

/** What decides how a port is made. */
type Making = { readonly variant: Variant; readonly sql: boolean; readonly revocation: Row };

/** A constant of the wiring, written only where something below it mentions its name. */
type Constant = { readonly name: string; text(making: Making): string };

const place = (call: string) => (sql: boolean) => (sql ? `createPrisma${call}(place)` : `createMemory${call}()`);
const [families, denylist] = [place("RefreshFamilies"), place("Denylist")];

/** What each store makes for the ports that live in one. `at`: where in it. */
type InStore = { records(at: string): string; readonly data: string };

const inSql: InStore = {
  records: (at) => (at === own ? "createPrismaRecords(place)" : `createPrismaRecords({ ...place, flow: ${at} })`),
  data: "createPrismaSessionData(place)",
};

const own = "manifest.id";

const stores: Readonly<Record<StoreName, InStore>> = {
  sql: inSql,
  memory: {
    records: (at) => (at === own ? "createMemoryRecords({ shelf })" : "createMemoryRecords()"),
    data: "createMemorySessionData(shelf)",
  },
  file: {
    records: (at) => `files.records({ id: labId, salt: "" }, ${at})`,
    data: `files.data({ id: labId, salt: "" }, ${own})`,
  },
  redis: {
    records: (at) => `createRedisRecords({ redis, lab: labId, flow: ${at} })`,
    data: `createRedisSessionData({ redis, lab: labId, flow: ${own} })`,
  },
  cached: {
    records: (at) =>
      at === own
        ? `createCachedRecords({
      records: createPrismaRecords(place),
      cache: createRecordCache(10_000),
      place: labId,
      staleFor: chosen.settings.staleFor ?? 0,
      systemClock: clock,
      labClock: clock,
    })`
        : inSql.records(at),
    data: inSql.data,
  },
};

function inStore({ variant }: Making): InStore {
  const { store = "memory" } = variant.settings;
  const found = stores[store];
  if (!found) throw new Error(`${variant.id} cannot be taken away: there are no lines for the store ${store}`);
  return found;
}

/** With the keys of one secret: whoever is taken away has no earlier one. */
const encodings: Readonly<Record<NonNullable<Variant["settings"]["encoding"]>, string>> = {
  plain: "plainEncoding",
  signed: "createHmacEncoding({ address, keys: keys.cookieSigning(variant)[0] })",
  sealed: "createIronEncoding(keys.sealing(variant)[0])",
};

const ids: Readonly<Record<NonNullable<Variant["settings"]["id"]>, string>> = {
  opaque: "createNodeSecrets({ address, successorKeys: keys.successor(variant) })",
  signed:
    "createSignedSecrets(createNodeSecrets({ address, successorKeys: keys.successor(variant) }), keys.idSigning(variant))",
};

/** How each port is made. A flow's wiring has those that it asks for. */
const ports: Readonly<Record<keyof FlowDeps, (making: Making) => string>> = {
  variant: () => "variant",
  settings: () => "chosen.settings",
  users: () => "users",
  records: (making) => inStore(making).records(own),
  data: (making) => inStore(making).data,
  families: ({ sql }) => families(sql),
  revocation: ({ revocation }) => revocation.text,
  signer: ({ variant }) => `createJoseSigner({
      keys: keys.signing("${variant.settings.algorithm ?? "EdDSA"}"),
      issuer: origin,
      variant,
      skew: chosen.settings.lifetimes.skew,
      clock,
    })`,
  cookieState: ({ variant }) => `createCookieState(address, ${encodings[variant.settings.encoding ?? "sealed"]})`,
  secrets: ({ variant }) => ids[variant.settings.id ?? "opaque"],
  introspection: () => `{
      // The session service is this very flow. Ask yours here, when it is a server of its own.
      async ask(token, how) {
        const client = { ip: "", userAgent: "", device: "" };
        const cookies = { get: () => undefined, set() {} };
        const looked = await flow.look?.({ cookies, client, refreshToken: token }, how);
        return looked?.ok ? looked : refuse("INVALID_CREDENTIAL");
      },
    }`,
  random: () => "createNodeRandom()",
  clock: () => "clock",
  log: () => "log",
  refuse: () => "refuse",
};

/** In the order in which they can be written: each needs only what stands above it. */
const constants: readonly Constant[] = [
  { name: "variant", text: () => "chosen.id" },
  { name: "clock", text: () => "systemClock" },
  { name: "address", text: ({ variant }) => `"main.${variant.id.split("/")[1]}"` },
  { name: "labId", text: () => '"main"' },
  {
    name: "keys",
    text: () => 'deriveLabKeys({ secrets: [secret], labId: "main", salt: "", generations: [1] })',
  },
  { name: "passwords", text: () => "createArgon2Passwords()" },
  { name: "database", text: () => "await openPeopled({ url: databaseUrl, people, passwords })" },
  { name: "shelf", text: () => "new Map<string, Map<string, string>>()" },
  {
    name: "files",
    text: () => 'createFileStore(openFileDisk("data"), { records: 1000, data: 256 * 1024 })',
  },
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
  createFileStore: "lib/stores/file/file-store.ts",
  createHmacEncoding: "lib/adapters/hmac-encoding.ts",
  createIronEncoding: "lib/adapters/iron-encoding.ts",
  createJoseSigner: "lib/adapters/jose-signer.ts",
  createMemoryDenylist: "lib/stores/memory/memory-denylist.ts",
  createMemoryRecords: "lib/stores/memory/memory-records.ts",
  createMemoryRefreshFamilies: "lib/stores/memory/memory-refresh-families.ts",
  createMemorySessionData: "lib/stores/memory/memory-session-data.ts",
  createMemoryUsers: "lib/stores/memory/memory-users.ts",
  createNodeRandom: "lib/adapters/node-random.ts",
  createNodeSecrets: "lib/adapters/node-secrets.ts",
  createPrismaDenylist: "lib/stores/prisma/prisma-denylist.ts",
  createPrismaRecords: "lib/stores/prisma/prisma-records.ts",
  createPrismaRefreshFamilies: "lib/stores/prisma/prisma-refresh-families.ts",
  createPrismaSessionData: "lib/stores/prisma/prisma-session-data.ts",
  createPrismaUsers: "lib/stores/prisma/prisma-users.ts",
  createRecordCache: "lib/stores/cached/cached-records.ts",
  createRedisRecords: "lib/stores/redis/redis-records.ts",
  createRedisSessionData: "lib/stores/redis/redis-session-data.ts",
  createSignedSecrets: "lib/adapters/signed-secrets.ts",
  deriveLabKeys: "lib/adapters/derived-keys.ts",
  hashed: "people.ts",
  openFileDisk: "lib/stores/file/file-disk.ts",
  openPeopled: "people.ts",
  openRedis: "lib/stores/redis/redis.ts",
  people: "people.ts",
  plainEncoding: "lib/adapters/plain-encoding.ts",
  refuse: "lib/core/result.ts",
  systemClock: "lib/adapters/system-clock.ts",
};

export type Wiring = {
  /** `wiring.ts`: the variant's settings, bound to its ports. */
  readonly text: string;
  readonly needs: { readonly sql: boolean; readonly redis: boolean };
};

/** Writes the wiring of one variant: its ports and nothing else. */
export const wiringOf = oncePer((repository: Repository, module: FlowModule, variant: Variant): Wiring => {
  const { store, revocation: policy } = variant.settings;
  const asked = portsOf(repository, module, variant);
  const revocation = callOf(repository, rowOf(repository, "lib/revocation/registry.ts", policy));
  // Versions that a policy raises have to outlive the process, or a restart revives what was ended.
  const raises = asked.has("revocation") && /\busers\b/.test(revocation.text);
  const sql = store === "sql" || store === "cached" || raises;

  const making = { variant, sql, revocation };
  const needed = [creatorOf(repository, module.manifest.id)];
  if (asked.has("revocation")) needed.push(...revocation.needs);
  const lines: string[] = [];
  for (const port of Object.keys(ports) as (keyof FlowDeps)[]) {
    if (!asked.has(port)) continue;
    const text = ports[port](making);
    lines.push(port === text ? `    ${port},` : `    ${port}: ${text},`);
  }
  const absent = (Object.keys(ports) as (keyof FlowDeps)[]).filter((port) => !asked.has(port));
  const text = write(module, making, { lines, absent, needed });
  return { text, needs: { sql, redis: /\bopenRedis\b/.test(text) } };
});

/** A row that only names its function is called with what that function takes. */
function callOf(repository: Repository, row: Row): Row {
  const [only] = row.needs;
  if (!only || only.name !== row.text) return row;
  const taken = argumentsOf(repository, only);
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
  const flow: AuthFlow = ${creator}(deps);
  return { flow, manifest, variant: chosen, close: ${closing} };
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
    'import type { AuthFlow, Variant } from "./lib/core/flow.ts";',
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
