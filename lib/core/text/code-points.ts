/** So many characters, whatever their encoding: 😀 is one, in UTF-16 it is two units (Unicode 3.9 D9, NIST SP 800-63B-4 §3.1.1.2). */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
