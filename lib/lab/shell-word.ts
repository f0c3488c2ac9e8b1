/** One word of a POSIX shell: between single quotes only the quote itself is special. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
