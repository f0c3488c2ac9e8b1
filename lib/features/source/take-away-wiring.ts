import { posix } from "node:path";
import type { FlowModule } from "../../core/flow.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { StoreName } from "../../core/settings.ts";
import type { Variant } from "../../core/variant.ts";
import { argumentsOf, creatorOf, type NamedExport, portsOf, rowOf, type TableRow } from "./named-parts.ts";
import { oncePer, type Repository } from "./repository.ts";

/** Ports that are the same in every variant, and ports that a variant's settings choose. */
export const kit = "lib/features/take-away/kit";
/** Where the wiring of a variant stands. The one that stands there is the wiring of `server-session/sql`. */
export const wiringFile = `${kit}/wiring.ts`;

/** What decides how a port is made. */
type Making = { readonly variant: Variant; readonly sql: boolean; readonly revocation: TableRow };

/** The expression that makes a port, and its imports. */
type WiringPart = { readonly text: string; readonly needs?: readonly NamedExport[] };

const inKit = (name: string, file: string): NamedExport => ({ name, file: `${kit}/${file}` });
/**
 * A function of the kit, called with the shared arguments of all ports. A port that starts empty in memory needs no
 * argument.
 */
const made = (name: string, file: string): WiringPart => ({
  text: file.endsWith("-in-memory") ? `${name}()` : `${name}(place)`,
  needs: [inKit(name, `ports/${file}.ts`)],
});
const where = ({ sql }: Making) => (sql ? "sql" : "memory");
const kept = (what: string) => (): WiringPart => ({ text: `kept.${what}` });

/** How each port is made. A flow's wiring has those that it asks for. */
const ports: Readonly<Record<keyof FlowDeps, (making: Making) => WiringPart>> = {
  variant: () => ({ text: "place.variant.id" }),
  settings: () => ({ text: "place.variant.settings" }),
  users: () => ({ text: "users" }),
  records: kept("records"),
  data: kept("data"),
  families: (making) => made("openFamilies", `families-in-${where(making)}`),
  revocation: ({ revocation: { text, needs } }) => ({ text, needs }),
  signer: () => made("signerOf", "signer"),
  cookieState: ({ variant }) => made("cookieStateOf", `cookie-state-${variant.settings.encoding ?? "sealed"}`),
  secrets: ({ variant }) => made("secretsOf", `ids-${variant.settings.id ?? "opaque"}`),
  introspection: () => ({
    text: "introspectionBy(() => flow)",
    needs: [inKit("introspectionBy", "ports/own-introspection.ts")],
  }),
  random: () => ({
    text: "createNodeRandom()",
    needs: [{ name: "createNodeRandom", file: "lib/adapters/node-random.ts" }],
  }),
  clock: () => ({ text: "place.clock" }),
  log: () => ({ text: "consoleLog", needs: [inKit("consoleLog", "surroundings.ts")] }),
  refuse: () => ({ text: "refuse", needs: [{ name: "refuse", file: "lib/core/result.ts" }] }),
};

const portNames = Object.keys(ports) as readonly (keyof FlowDeps)[];

/** The arguments of a policy, by the names of its parameters. */
const forPolicies: Readonly<Record<string, (making: Making) => WiringPart>> = {
  users: () => ({ text: "users" }),
  clock: () => ({ text: "clock: place.clock" }),
  denylist(making) {
    const { text, needs = [] } = made("openDenylist", `denylist-in-${where(making)}`);
    return { text: `denylist: ${text}`, needs };
  },
};

export type Wiring = {
  /** The module that binds the variant's settings to its ports, as it stands at `wiringFile`. */
  readonly text: string;
  readonly needs: { readonly sql: boolean; readonly redis: boolean };
};

/** Writes the wiring of one variant: its ports only. */
export const wiringOf = oncePer((repository: Repository, module: FlowModule, variant: Variant): Wiring => {
  const { store = "memory", revocation: policy } = variant.settings;
  const asked = portsOf(module, variant);
  const row = rowOf(repository, "lib/revocation/registry.ts", policy);
  const taken = takenBy(repository, row);
  // Versions that a policy raises have to outlive the process, or a restart revives what was ended.
  const raises = asked.has("revocation") && taken.includes("users");
  const sql = !withoutDatabase.includes(store) || raises;

  const given = taken.flatMap((name) => forPolicies[name]?.({ variant, sql, revocation: row }) ?? []);
  const revocation = {
    text: given.length > 0 ? `${row.text}({ ${given.map(({ text }) => text).join(", ")} })` : `${row.text}()`,
    needs: [...row.needs, ...given.flatMap(({ needs = [] }) => needs)],
  };
  const making = { variant, sql, revocation };
  const parts = portNames.filter((port) => asked.has(port)).map((port) => ({ port, ...ports[port](making) }));
  return {
    text: write(module, making, {
      creator: creatorOf(repository, module.manifest.id),
      keeper: parts.some(({ text }) => text.startsWith("kept.")) ? keeperOf(repository, store) : null,
      parts,
    }),
    needs: { sql, redis: store === "redis" },
  };
});

/** The parameter names of a policy. Its row in the table is the function that creates it. */
function takenBy(repository: Repository, { text, needs: [only] }: TableRow): readonly string[] {
  return only && only.name === text ? argumentsOf(repository, only) : [];
}

/** The stores that need no database. */
const withoutDatabase: readonly StoreName[] = ["memory", "file", "redis"];

/** What opens the records: a port of the kit, or the store as the registry of stores has it, which may need the database. */
function keeperOf(repository: Repository, store: StoreName): WiringPart {
  const own = repository.below(`${kit}/ports`);
  if (own.includes(`${kit}/ports/records-in-${store}.ts`)) return made("openRecords", `records-in-${store}`);
  const { text, needs } = rowOf(repository, "lib/stores/registry.ts", store);
  return { text: `openStore(${text}, place)`, needs: [...needs, inKit("openStore", "ports/records-in-any-store.ts")] };
}

type Written = {
  readonly creator: NamedExport;
  /** Absent where the flow keeps no records. */
  readonly keeper: WiringPart | null;
  readonly parts: readonly (WiringPart & { readonly port: keyof FlowDeps })[];
};

function write({ manifest }: FlowModule, making: Making, { creator, keeper, parts }: Written): string {
  const { variant } = making;
  const absent = portNames.filter((port) => parts.every((part) => part.port !== port));
  const needed = [
    creator,
    { name: "manifest", file: `lib/flows/${manifest.id}/manifest.ts` },
    { name: "type AuthFlow", file: "lib/core/flow.ts" },
    inKit("openPeople", `ports/people-in-${where(making)}.ts`),
    inKit("usersOf", `ports/users-in-${where(making)}.ts`),
    ...(keeper?.needs ?? []),
    ...(absent.length > 0 ? [inKit("notAsked", "ports/not-asked.ts")] : []),
    ...["baseOf", "type Surroundings"].map((name) => inKit(name, "surroundings.ts")),
    ...parts.flatMap(({ needs = [] }) => needs),
  ];
  const lines = parts.map(({ port, text }) => (port === text ? `    ${port},` : `    ${port}: ${text},`));
  return `${importsOf(needed)}
/** ${variant.id}, bound to what it asks for. */
export async function openFlow(surroundings: Surroundings) {
  const place = await openPeople(baseOf(surroundings, manifest, "${variant.id}"));
  const users = usersOf(place);
${keeper ? `  const kept = await ${keeper.text};\n` : ""}
  const flow: AuthFlow = ${creator.name}({
${lines.join("\n")}
${absent.length > 0 ? `    ...notAsked(${absent.map((port) => `"${port}"`).join(", ")}),\n` : ""}  });

  async function close(): Promise<void> {
${keeper ? "    await kept.close();\n" : ""}    await place.close();
  }
  return { flow, manifest, variant: place.variant, close };
}
`;
}

/** A line for each module, those that are farthest away first. */
function importsOf(needed: readonly NamedExport[]): string {
  const modules = [...Map.groupBy(needed, ({ file }) => posix.relative(kit, file))].map(([path, each]) => ({
    path: path.startsWith(".") ? path : `./${path}`,
    names: [...new Set(each.map(({ name }) => name))].sort((a, b) => plain(a).localeCompare(plain(b))),
  }));
  const lines = modules
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ path, names }) =>
      names.every((name) => name !== plain(name))
        ? `import type { ${names.map(plain).join(", ")} } from "${path}";\n`
        : `import { ${names.join(", ")} } from "${path}";\n`,
    );
  return lines.join("");
}

function plain(name: string): string {
  return name.replace("type ", "");
}
