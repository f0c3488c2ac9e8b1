import type { SourceText } from "./model.ts";
import { readablePaths } from "./readable-paths.ts";
import { repository } from "./repository.ts";
import { readSource } from "./source-reader.ts";

/**
 * A module or a test, by the segments of an address as they came, percent-encoded or not. The address is compared with
 * the files that there are and never opened, so nothing else of this machine can be named. `null`: there is none.
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
