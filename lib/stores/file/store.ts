import { bounds } from "../bounds.ts";
import type { StoreModule } from "../store-module.ts";
import { openFileDisk } from "./file-disk.ts";
import { createFileStore } from "./file-store.ts";

/** A file that each process rewrites as a whole, so two of them overwrite each other. */
export const fileStore: StoreModule = {
  title: "a file",
  keeps: "In one file of this machine, which each process reads and writes as a whole.",
  sharing: "overwritten",

  async open({ folder, systemClock, report }) {
    const files = createFileStore(openFileDisk(folder), { ...bounds, clock: systemClock, lost: report });
    return {
      node: () => files,
      place: async (lab, flow) => ({ kind: "file", name: files.nameOf(lab, flow), expiresInSeconds: null }),
      setAside: files.setAside,
      remove: ({ id }) => files.remove(id),
      sweep: ({ find }) => files.sweep(find),
    };
  },
};
