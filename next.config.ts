import { hostname, networkInterfaces } from "node:os";
import type { NextConfig } from "next";

/** The names this machine has in its network: a class works on one server, and each of its browsers is another origin's. */
const ownAddresses = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);

/**
 * On every answer, API and pages alike (ASVS 3.4.1, 3.4.4, 3.4.5, 3.4.6, 3.4.8, 3.5.8); what needs a nonce is added to
 * pages by proxy.ts.
 */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
  // Not while developing: a browser that once saw it would refuse http on this host name for a year.
  ...(process.env.NODE_ENV === "production" ? [{ key: "Strict-Transport-Security", value: "max-age=31536000" }] : []),
];

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
  // Where RFC 8414 §3.1 has clients look for what an issuer with a path says of itself.
  rewrites: async () => [
    { source: "/.well-known/oauth-authorization-server/api/labs/:id", destination: "/api/labs/:id/metadata" },
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // Data is never run as a page (ASVS 3.2.1).
    ...["/api/:path*", "/.well-known/:path*"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    })),
  ],
};

export default config;
