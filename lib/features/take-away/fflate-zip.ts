import { zipSync } from "fflate";

/** These files in one folder, as a zip file. All of them have the first time that such a file can tell: the same text is the same file. */
export function zip(folder: string, files: ReadonlyMap<string, string>): Uint8Array {
  const encoder = new TextEncoder();
  const entries = [...files].map(([path, text]) => [`${folder}/${path}`, encoder.encode(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: "1980-01-01T12:00:00" });
}
