/** The path in the URL of a `Request`. That URL is in its normal form (Fetch §5.4), so its path is a part of the text. */
export function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.slice(start).search(/[?#]/);
  return start < 0 ? "/" : url.slice(start, end < 0 ? undefined : start + end);
}
