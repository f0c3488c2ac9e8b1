import { openFileDisk } from "../../../../stores/file/file-disk.ts";
import { createFileStore } from "../../../../stores/file/file-store.ts";
import type { Base, Kept } from "../surroundings.ts";

/** In one file below `data`. */
export async function openRecords({ labId, flow }: Base): Promise<Kept> {
  const files = createFileStore(openFileDisk("data"), {
    records: 1000,
    data: 256 * 1024,
    clock: { now: Date.now },
    lost: console.error,
  });
  const lab = { id: labId, salt: "" };
  return { records: files.records(lab, flow), data: files.data(lab, flow), async close() {} };
}
