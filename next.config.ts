import { hostname, networkInterfaces } from "node:os";
import type { NextConfig } from "next";
import { dataPolicy, securityHeaders } from "./lib/http/security-headers.ts";

/** The names this machine has in its network: a class works on one server, and each of its browsers is another origin's. */
const ownAddresses = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);

/** What needs a nonce is added to pages by proxy.ts. */
const onEveryAnswer = Object.entries(securityHeaders({ production: process.env.NODE_ENV === "production" })).map(
  ([key, value]) => ({ key, value }),
);

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  allowedDevOrigins: [hostname(), ...ownAddresses],
  // Loaded from node_modules as they are: compiled anew by each process that develops, they cost more than all of ours.
  serverExternalPackages: [
    // These bring binaries or WebAssembly that a bundler would lose,
    "@prisma/adapter-libsql",
    "@prisma/client",
    "@prisma/schema-engine-wasm",
    "@libsql/client",
    "libsql",
    // this one looks for optional packages as it goes,
    "redis",
    // and these are large.
    "@prisma/driver-adapter-utils",
    "@zxcvbn-ts/language-common",
    "bowser",
    "diff",
    "fflate",
    "iron-session",
    "jose",
    "rate-limiter-flexible",
    "shiki",
    "zod",
  ],
  devIndicators: false,
  experimental: {
    // A link that is followed while the server is away waits for it. Otherwise the browser’s error would replace the page.
    useOffline: true,
    // One script for the layout and one a page. In smaller pieces the same code has more bytes on the wire, since each
    // piece is compressed by itself; a page shares nothing but the layout with most others.
    turbopackChunking: { minChunkSize: 200_000, maxMergeChunkSize: 2_000_000, requestCost: 2_000_000 },
  },
  // `npm test` has a check of its own for the types of all files, and sets this where it runs both. A build alone checks.
  typescript: { ignoreBuildErrors: process.env["TYPES_CHECKED_APART"] === "yes" },
  // Nothing here needs it, and its address fetches others of this server.
  images: { unoptimized: true },
  // The race stood on the dashboard, and ran one of each kind unless its link named others.
  redirects: async () => {
    const plug = { type: "query", key: "plug" } as const;
    const lane = { type: "query", key: "lane" } as const;
    return [
      { source: "/", has: [plug], missing: [lane], destination: "/race?lane=kinds", permanent: false },
      { source: "/", has: [lane], destination: "/race", permanent: false },
    ];
  },
  // Where RFC 8414 §3.1 has clients look for what an issuer with a path says of itself.
  rewrites: async () => [
    { source: "/.well-known/oauth-authorization-server/api/labs/:id", destination: "/api/labs/:id/metadata" },
  ],
  headers: async () => [
    { source: "/:path*", headers: onEveryAnswer },
    ...["/api/:path*", "/.well-known/:path*"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: dataPolicy }],
    })),
  ],
};

export default config;
