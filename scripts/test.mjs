// `npm test`, on a fresh clone as well: installs, changes to the Node.js that the project brings, and runs every check.

import { setUp } from "./set-up.mjs";

if (await setUp()) await import("./checks/run-checks.ts");
