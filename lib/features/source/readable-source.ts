import type { SourceText } from "./model.ts";
import { readablePaths } from "./readable-paths.ts";
import { repository } from "./repository.ts";
import { readSource } from "./source-reader.ts";

/**
 * A module or a test, by the segments of its address, percent-encoded or not. The path is compared with the list of
 * known files and never opened, so no other file of the machine can be read. `null`: there is no such file.
 */
export async function readReadable(segments: readonly string[]): Promise<SourceText | null> {
  const asked = decoded(segments.join("/"));
  const files = repository();
  const path = readablePaths(files).find((each) => each === asked);
  return path === undefined ? null : readSource(files, path);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
