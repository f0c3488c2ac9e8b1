// Who may import whom. `npm run check` tells which rule an import breaks and what to do instead;
// scripts/checks/check-import-rules.test.ts breaks each rule once, so a rule that no longer fires turns a test red.

import { named, tests } from "./scripts/import-rules/files.mjs";
import { pageCode, pageRules } from "./scripts/import-rules/pages.mjs";

/** What Next.js starts: pages and routes, and the files that it looks for at the root. */
const application = [
  "^app/",
  "^proxy\\.ts$",
  "^instrumentation(-client)?\\.ts$",
  "^next\\.config\\.ts$",
  "^next-env\\.d\\.ts$",
  // An application of its own, which is asked what a Server Action answers.
  "^scripts/record/server-action/",
];

/** The program that is taken away with a variant: it binds the variant's ports, as lib/server binds a lab's. */
const kit = "^lib/features/take-away/kit/";

/**
 * Each technology has one home, so that exchanging it changes one folder.
 * @type {{ technology: string, packages: string[], home: string[] }[]}
 */
const homes = [
  { technology: "jose", packages: ["jose"], home: ["^lib/adapters/"] },
  { technology: "iron-session", packages: ["iron-session"], home: ["^lib/adapters/"] },
  { technology: "bowser", packages: ["bowser"], home: ["^lib/adapters/"] },
  { technology: "rate-limiter-flexible", packages: ["rate-limiter-flexible"], home: ["^lib/adapters/"] },
  { technology: "cookie", packages: ["cookie"], home: ["^lib/http/"] },
  { technology: "shiki", packages: ["shiki", "@shikijs/[^/]+"], home: ["^lib/features/source/"] },
  { technology: "diff", packages: ["diff"], home: ["^lib/features/compare/"] },
  { technology: "fflate", packages: ["fflate"], home: ["^lib/features/take-away/"] },
  { technology: "redis", packages: ["redis", "ioredis", "@redis/[^/]+"], home: ["^lib/stores/redis/"] },
  {
    technology: "prisma",
    packages: ["prisma", "@prisma/[^/]+", "@libsql/[^/]+"],
    // prisma.config.ts is where Prisma's own command looks.
    home: ["^lib/stores/prisma/", "^prisma\\.config\\.ts$", "^prisma/"],
  },
  { technology: "next-and-react", packages: ["next", "react", "react-dom"], home: application },
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "core-imports-nothing",
      comment:
        "lib/core is the vocabulary: it imports only itself. Turn what it needs into a port (lib/core/ports.ts).",
      severity: "error",
      from: { path: "^lib/core/", pathNot: tests },
      to: { pathNot: "^lib/core/" },
    },
    {
      name: "flow-sees-core-and-itself",
      comment:
        "A flow is to be copied out alone: it imports lib/core and its own folder. Ask for the rest through FlowDeps.",
      severity: "error",
      from: { path: "^lib/flows/([^/]+)/", pathNot: tests },
      to: { pathNot: ["^lib/core/", "^lib/flows/$1/"] },
    },
    {
      name: "flow-test-sees-no-other-flow",
      comment:
        "A flow's test may use adapters, stores and lib/testing, but no other flow: what they share belongs to lib/testing.",
      severity: "error",
      from: { path: "^lib/flows/([^/]+)/.*\\.test\\.tsx?$" },
      to: { path: "^lib/flows/", pathNot: ["^lib/flows/$1/", "^lib/flows/registry\\.ts$"] },
    },
    {
      name: "flow-only-through-registry",
      comment: "Nobody reaches into a flow's folder: take the flow from lib/flows/registry.ts, the one list of flows.",
      severity: "error",
      from: { pathNot: ["^lib/flows/registry\\.ts$", "^lib/flows/[^/]+/", kit] },
      to: { path: "^lib/flows/[^/]+/" },
    },
    {
      name: "registry-sees-core-and-flows",
      comment: "The registry is a list: it imports lib/core and the flows.",
      severity: "error",
      from: { path: "^lib/flows/[^/]+\\.ts$", pathNot: tests },
      to: { pathNot: ["^lib/core/", "^lib/flows/"] },
    },
    {
      name: "layer-sees-core-and-itself",
      comment:
        "adapters, lab and revocation see lib/core and themselves, so each can be read alone. lib/server wires them together: let it hand over what is needed.",
      severity: "error",
      from: { path: "^lib/(adapters|lab|revocation)/", pathNot: tests },
      to: { path: "^lib/", pathNot: ["^lib/core/", "^lib/$1/"] },
    },
    {
      name: "store-sees-core-and-lab",
      comment: "A store keeps what lib/core describes, and labs and their people as lib/lab describes them.",
      severity: "error",
      from: { path: "^lib/stores/", pathNot: tests },
      to: {
        path: "^lib/",
        pathNot: ["^lib/(core|stores)/", "^lib/lab/(lab|lab-settings|key-ring|store-view|cookies/cookie-place)\\.ts$"],
      },
    },
    {
      name: "edge-sees-core-and-lab",
      comment:
        "lib/http is the edge and knows no instrument: it imports lib/core, lib/lab and itself. An instrument brings its endpoints to lib/server/endpoints.ts.",
      severity: "error",
      from: { path: "^lib/http/", pathNot: tests },
      to: { path: "^lib/", pathNot: "^lib/(core|lab|http)/" },
    },
    {
      name: "feature-sees-no-other-feature",
      comment:
        "An instrument can be deleted as a folder: it imports lib/core, lib/lab, lib/http, the list of flows and itself. Only lib/features/source serves others. Let lib/server hand over the rest.",
      severity: "error",
      from: { path: "^lib/features/([^/]+)/", pathNot: [...tests, kit] },
      to: {
        path: "^lib/",
        pathNot: ["^lib/(core|lab|http)/", "^lib/flows/registry\\.ts$", "^lib/features/(source|$1)/"],
      },
    },
    {
      name: "mistakes-stay-in-attacks",
      comment:
        "A weakness, or a verifier with a mistake, is for attacks in lab mode. Only lib/features/attacks may know one; everything else uses the right one.",
      severity: "error",
      from: { pathNot: ["^lib/features/attacks/"] },
      to: { path: "^lib/features/attacks/.+/weak/" },
    },
    {
      name: "kit-sees-what-it-binds",
      comment:
        "What is taken away knows no lab and no instrument: it imports lib/core, a flow, adapters, stores, policies, the edge and itself.",
      severity: "error",
      from: { path: kit },
      to: { path: "^lib/", pathNot: [kit, "^lib/(core|flows|adapters|stores|revocation|http)/"] },
    },
    {
      name: "lib-never-imports-app",
      comment: "lib knows nothing of pages, scripts or browser tests. Move what both need into lib.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(core|flows)/" },
      to: { path: "^(app|e2e|scripts)/" },
    },
    {
      name: "page-touches-no-store",
      comment:
        "Pages and routes get everything from lib/server, which binds stores and adapters to one lab. Ask it instead.",
      severity: "error",
      from: { path: application },
      to: { path: "^lib/(stores|adapters|revocation)/" },
    },
    ...pageRules,
    ...homes.map(({ technology, packages, home }) => ({
      name: `${technology}-in-one-place`,
      comment: `${technology} is imported in one place only (${home[0]?.replaceAll("^", "")}). Everyone else uses the port in front of it.`,
      severity: "error",
      from: { pathNot: home },
      to: { path: named(...packages) },
    })),
    {
      name: "generated-client-in-one-place",
      comment:
        "Only lib/stores/prisma speaks to the generated client. Everyone else uses the ports Records, RefreshFamilies and Users.",
      severity: "error",
      from: { pathNot: "^lib/stores/prisma/" },
      to: { path: "^lib/stores/prisma/generated/" },
    },
    {
      name: "package-behind-a-port",
      comment:
        "In lib, packages stand behind ports: in lib/adapters or lib/stores, or in the one feature that needs them. Only zod and cookie are used directly.",
      severity: "error",
      from: { path: "^lib/", pathNot: ["^lib/(core|flows|adapters|stores)/", `${kit}vitest\\.config\\.ts$`, ...tests] },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer"],
        pathNot: [named("zod", "cookie"), ...homes.map(({ packages }) => named(...packages))],
      },
    },
    {
      name: "environment-read-in-server",
      comment:
        "The environment is read in lib/server and checked there at boot. Take a setting instead of node:process.",
      severity: "error",
      from: {
        path: "^(app|lib)/",
        pathNot: ["^lib/server/", "^lib/(core|flows)/", ...pageCode, ...tests],
      },
      to: { path: "^(node:)?process$", dependencyTypes: ["core"] },
    },
    {
      name: "product-imports-no-test",
      comment: "What runs for people never imports tests, contracts or lib/testing: move what both need out of there.",
      severity: "error",
      from: {
        path: "^(app|lib)/|^[^/]+\\.ts$",
        pathNot: [...tests, "^lib/(core|flows)/", "^(vitest|playwright)\\.config\\.ts$"],
      },
      to: { path: tests },
    },
    {
      name: "credential-testing-stands-alone",
      comment:
        "e2e/credential-testing is to be copied into other projects: it imports itself, @playwright/test and modules of Node.js. Let the application tell it the rest through its options.",
      severity: "error",
      from: { path: "^e2e/credential-testing/" },
      to: { pathNot: ["^e2e/credential-testing/", named("@playwright/test")], dependencyTypesNot: ["core"] },
    },
    {
      name: "product-needs-no-dev-package",
      comment:
        "What runs for people needs only what is installed in production: move the package to dependencies, or the import to a test.",
      severity: "error",
      from: {
        path: "^(app|lib)/|^(proxy|instrumentation)\\.ts$",
        pathNot: [...tests, "^lib/(core|flows)/", `${kit}vitest\\.config\\.ts$`],
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "package-is-declared",
      comment: "The package is there by chance, through another one. Name it in package.json.",
      severity: "error",
      from: { pathNot: "^lib/(core|flows)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-cycle",
      comment: "Modules that need each other, if only for a type, are one module. Move what both need into a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "everything-resolves",
      comment: "There is no such module. Imports carry their file's extension; `@/` is the root.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Type imports count: a flow that knows another layer's types is not free of it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["node_modules", "^lib/stores/prisma/generated/"] },
    exclude: { path: ["^\\.next/"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
