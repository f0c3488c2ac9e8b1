import { hostname, networkInterfaces } from "node:os";
import type { NextConfig } from "next";

/** The names this machine has in its network: a class works on one server, and each of its browsers is another origin's. */
const ownAddresses = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);

/**
 * No `headers`, `redirects` or `rewrites`: Next.js compares each request with all of them, and compiles the rewrites anew
 * for each request of a route with a parameter. Headers are set at the socket (`lib/server/process/answer-headers.ts`).
 */
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
};

export default config;
