import { join } from "node:path";

/** Next.js and React are those of the project. */
export default { turbopack: { root: join(import.meta.dirname, "../../..") } };
