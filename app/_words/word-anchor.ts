/** The part of the address of `/words` that leads to a word. */
export function wordAnchor(id: string): string {
  return id.replaceAll(" ", "-");
}
