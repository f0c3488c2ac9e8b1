import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** The folders of the source, and those of the kit for a variant that is taken away. */
const folders = ["app", "e2e", "lib", "prisma", "scripts"];

/**
 * The files of this repository at one moment. While no file changes it is the same object, so results computed from it
 * can be cached by it (`oncePer`). Callers compute the paths; a path from a request is compared with these and never
 * opened.
 */
export type Repository = {
  /** The text of a file. Throws if there is no such file. */
  read(path: string): string;
  /** The files of a folder and of those in it, in alphabetical order. */
  below(folder: string): readonly string[];
};

type StampedText = { readonly stamp: string; readonly text: string };

/**
 * Watches the files below a folder. Everything here is synchronous: it is a few milliseconds of looking, and while
 * developing React records a stack trace for each asynchronous step of a page, which costs more than the step itself.
 */
export function openRepository(root: string, mayChange: boolean): () => Repository {
  let current: { readonly stamps: ReadonlyMap<string, string>; readonly repository: Repository } | null = null;
  let isFresh = false;
  // Bounded: by the files of this repository.
  const texts = new Map<string, StampedText>();

  function repositoryOf(stamps: ReadonlyMap<string, string>): Repository {
    const paths = [...stamps.keys()];
    return {
      read(path) {
        const stamp = stamps.get(path);
        if (stamp === undefined) throw new Error(`There is no file ${path}`);
        const known = texts.get(path);
        if (known?.stamp === stamp) return known.text;
        const text = readFileSync(join(root, path), "utf8");
        texts.set(path, { stamp, text });
        return text;
      },
      below: (folder) => paths.filter((path) => path.startsWith(`${folder}/`)),
    };
  }

  return () => {
    if (current && (isFresh || !mayChange)) return current.repository;
    const stamps = stampsBelow(root);
    if (!current || !areSame(current.stamps, stamps)) current = { stamps, repository: repositoryOf(stamps) };
    // A page asks several times while it is drawn. Within one turn of the event loop the first look counts for all.
    isFresh = true;
    setImmediate(() => {
      isFresh = false;
    });
    return current.repository;
  };
}

/** The version that is running. A deployment is never edited, so in production it is looked at once. */
export const repository: () => Repository = openRepository(
  /* turbopackIgnore: true */ process.cwd(),
  process.env.NODE_ENV !== "production",
);

type Remembered<T> = { readonly next: WeakMap<object, Remembered<T>>; answer?: { readonly value: T } };

/**
 * The same function, which makes each answer once. What it is given tells answers apart by identity; when a file has
 * changed the repository is another object, and all is made anew.
 */
export function oncePer<Given extends readonly [Repository, ...object[]], T>(
  make: (...given: Given) => T,
): (...given: Given) => T {
  const root: Remembered<T> = { next: new WeakMap() };
  return (...given) => {
    let place = root;
    for (const each of given) {
      const next: Remembered<T> = place.next.get(each) ?? { next: new WeakMap() };
      place.next.set(each, next);
      place = next;
    }
    place.answer ??= { value: make(...given) };
    return place.answer.value;
  };
}

/** Detects a changed file: any write changes the second time, even if it resets the first. */
function stampsBelow(root: string): ReadonlyMap<string, string> {
  const own = readdirSync(root, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  const entries = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }),
  );
  const files = [...own, ...entries].filter((entry) => entry.isFile());
  const stamped = files.flatMap((entry): readonly (readonly [string, string])[] => {
    const path = join(entry.parentPath, entry.name);
    // An editor's temporary file may be gone by now.
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return [];
    return [[relative(root, path).replaceAll("\\", "/"), `${found.mtimeMs} ${found.ctimeMs} ${found.size}`]];
  });
  return new Map(stamped.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function areSame(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): boolean {
  return before.size === now.size && [...now].every(([path, stamp]) => before.get(path) === stamp);
}
