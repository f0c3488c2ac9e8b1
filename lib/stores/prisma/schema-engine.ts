import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

/**
 * Prisma's own schema engine, in its WebAssembly build: the native one is downloaded by `prisma migrate`,
 * this one comes with `npm install` and runs on any machine.
 */
export function createSchemaEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<engine.SchemaEngine> {
  instantiate();
  const log = () => {};
  return engine.SchemaEngine.new({ datamodels: undefined }, log, bindMigrationAwareSqlAdapterFactory(factory));
}

/**
 * The package imports its .wasm file as a module, which some supported Node.js versions and bundlers cannot do, so its
 * parts are put together here. There is no `await` in between, so that it happens once a process.
 */
function instantiate(): void {
  if (isInstantiated()) return;
  const module = new WebAssembly.Module(readFileSync(wasmFile()));
  const { exports } = new WebAssembly.Instance(module, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(exports);
  const start = exports["__wbindgen_start"];
  if (typeof start !== "function") throw new Error("@prisma/schema-engine-wasm has another shape than expected");
  start();
}

function isInstantiated(): boolean {
  try {
    return engine.version() !== "";
  } catch {
    return false;
  }
}

/** Found from the working directory, not from this file: a bundler moves the file away from node_modules. */
function wasmFile(): string {
  const require = createRequire(join(process.cwd(), "package.json"));
  return join(dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg")), "schema_engine_bg.wasm");
}
