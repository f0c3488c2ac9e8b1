import { bounds } from "../bounds.ts";
import type { StoreModule } from "../store-module.ts";
import { openFileDisk } from "./file-disk.ts";
import { createFileStore } from "./file-store.ts";

/** A file that each process rewrites as a whole, so two of them overwrite each other. */
export const fileStore: StoreModule = {
  title: "a file",
  keeps: "In one file of this machine, which each process reads and writes as a whole.",
  sharing: "overwritten",

  async open({ folder }) {
    const files = createFileStore(openFileDisk(folder), bounds);
    return {
      node: () => files,
      place: async (lab, flow) => ({ kind: "file", name: files.nameOf(lab, flow), expiresInSeconds: null }),
      remove: ({ id }) => files.remove(id),
      sweep: files.sweep,
    };
  },
};
