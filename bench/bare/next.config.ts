import { join } from "node:path";
import type { NextConfig } from "next";

/** The framework by itself: no headers of ours, no instrumentation, no proxy. Its packages are those of the project. */
const config: NextConfig = { turbopack: { root: join(import.meta.dirname, "../..") } };

export default config;
