import { readFile, stat } from "node:fs/promises";

/**
 * Reads files of JSON. A file that is not there, or not as it was written, gives `none`; one that did not change gives
 * the same object as before, so that what is made of it can be kept.
 */
export function parsedFile<T>(parse: (json: unknown) => T, none: T): (path: string) => Promise<T> {
  // Bounded: by the files that are asked for, all of them of this repository.
  const known = new Map<string, { readonly stamp: string; readonly content: T }>();
  return async (path) => {
    const stamp = await stampOf(path);
    if (stamp === null) return none;
    const last = known.get(path);
    if (last?.stamp === stamp) return last.content;
    const found = { stamp, content: await contentOf(path, parse, none) };
    known.set(path, found);
    return found.content;
  };
}

async function stampOf(path: string): Promise<string | null> {
  try {
    const { mtimeMs, ctimeMs, size } = await stat(path);
    return `${mtimeMs} ${ctimeMs} ${size}`;
  } catch {
    return null;
  }
}

async function contentOf<T>(path: string, parse: (json: unknown) => T, none: T): Promise<T> {
  try {
    return parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return none;
  }
}
