/** The page that shows a file of this repository, with one of its lines marked. */
export function sourceHref(file: string, line?: number): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return line === undefined ? `/source/${path}` : `/source/${path}?line=${line}#L${line}`;
}
