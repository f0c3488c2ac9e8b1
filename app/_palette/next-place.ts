/** Where this key leads to in a list; `null`: the key does not move. At an end it goes on at the other one. */
export function nextPlace(key: string, from: number, length: number): number | null {
  if (length === 0) return null;
  if (key === "ArrowDown") return (from + 1) % length;
  if (key === "ArrowUp") return (from - 1 + length) % length;
  if (key === "PageDown") return Math.min(from + 8, length - 1);
  if (key === "PageUp") return Math.max(from - 8, 0);
  return null;
}
