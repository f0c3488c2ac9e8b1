import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StoreUnavailable } from "../../core/store-unavailable.ts";

/** One folder of files, each read and written as a whole. Throws `StoreUnavailable` on a disk error. */
export type FileDisk = {
  /** `null`: there is no such file. */
  read(name: string): Promise<string | null>;
  /** A concurrent reader sees all of the old text or all of the new one. */
  write(name: string, text: string): Promise<void>;
  /** Renames a file in its folder. */
  rename(from: string, to: string): Promise<void>;
  /** Also deletes drafts of interrupted writes. */
  remove(isWanted: (name: string) => boolean): Promise<void>;
  names(): Promise<readonly string[]>;
};

/**
 * The folder is made with the first file. Only this system's user may read the files: they hold hashes, which give no
 * access, but also names and addresses.
 */
export function openFileDisk(folder: string): FileDisk {
  return {
    read: (name) => answering(readFile(join(folder, name), "utf8"), null),

    async write(name, text) {
      const draft = join(folder, `${name}.${randomUUID()}.draft`);
      await answering(
        (async () => {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          await writeFile(draft, text, { mode: 0o600 });
          // In one step (POSIX rename): no reader ever finds half a file.
          await rename(draft, join(folder, name));
        })(),
      ).catch(async (error: unknown) => {
        await rm(draft, { force: true }).catch(() => {});
        throw error;
      });
    },

    rename: (from, to) => answering(rename(join(folder, from), join(folder, to))),

    async remove(isWanted) {
      const names = await answering(readdir(folder), []);
      for (const name of names.filter(isWanted)) await answering(rm(join(folder, name), { force: true }));
    },

    names: () => answering(readdir(folder), []),
  };
}

/** A missing file or folder is a normal answer for the given value. */
async function answering<T>(work: Promise<T>, absent?: T): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    if (code === "ENOENT" && absent !== undefined) return absent;
    throw new StoreUnavailable("file", { cause });
  }
}
