// `npm run demo`, on a fresh clone as well: installs, changes to the Node.js that the project brings, and starts the
// application.

import { setUp } from "./set-up.mjs";

if (await setUp()) await import("./run-demo.ts");
