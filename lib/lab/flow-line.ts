import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import type { SourceLine } from "./feed/exchange.ts";

/** The path of a flow's module, at the end of the path that a runtime or a source map gives. */
const flowFile = /lib\/flows\/[a-z0-9-]+\/[a-z0-9-]+\.ts$/;
// Cost: its text is a line of this process's own stack.
const place = /\(?((?:file:\/\/|\/|[A-Za-z]:[\\/]).+):(\d+):(\d+)\)?$/;

/** A process runs so many lines at most; the bound is for the unexpected. */
const remembered = 5000;
// Bounded: by `remembered`, and by the files of the build.
const lines = new Map<string, SourceLine | null>();
const maps = new Map<string, SourceMap | null>();

/**
 * The line of a flow that is nearest to the origin of this error: the caller. `null` if no flow is on the stack, or if
 * a bundle has no source map. It is the line of the file as it was built.
 */
export function flowLineOf(error: Error): SourceLine | null {
  for (const frame of error.stack?.split("\n").slice(1) ?? []) {
    const line = lineOf(frame.trim());
    if (line) return line;
  }
  return null;
}

function lineOf(frame: string): SourceLine | null {
  const known = lines.get(frame);
  if (known !== undefined) return known;
  const [, path = "", line = "0", column = "0"] = place.exec(frame) ?? [];
  const found = path === "" ? null : sourceOf(pathOf(path), Number(line), Number(column));
  if (lines.size >= remembered) lines.clear();
  lines.set(frame, found);
  return found;
}

/** As in a source file, or by the source map of a bundle. */
function sourceOf(path: string, line: number, column: number): SourceLine | null {
  const own = flowFile.exec(path.replaceAll("\\", "/"))?.[0];
  if (own) return { file: own, line };
  if (!path.endsWith(".js")) return null;
  // Stack traces count from one, source maps from zero.
  const entry = mapOf(path)?.findEntry(line - 1, column - 1);
  if (!entry || !("originalSource" in entry)) return null;
  const file = flowFile.exec(entry.originalSource)?.[0];
  return file ? { file, line: entry.originalLine + 1 } : null;
}

function mapOf(path: string): SourceMap | null {
  const known = maps.get(path);
  if (known !== undefined) return known;
  const map = readMap(`${path}.map`);
  maps.set(path, map);
  return map;
}

function readMap(path: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(/* turbopackIgnore: true */ path, "utf8")));
  } catch {
    // Code of Node.js or of a package: it has no map beside it.
    return null;
  }
}

function pathOf(location: string): string {
  return location.startsWith("file://") ? fileURLToPath(location) : location;
}
