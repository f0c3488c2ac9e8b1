/** A segment of an address as a page is handed it, in plain text. What cannot be read is the name of nothing. */
export function readSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}
