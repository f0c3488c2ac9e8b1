/** Writes these parameters into the address, so that a link leads to the same choices. Other parameters stay. */
export function writeParameters(parameters: Readonly<Record<string, readonly string[]>>): void {
  const query = new URLSearchParams(window.location.search);
  for (const [name, values] of Object.entries(parameters)) {
    query.delete(name);
    for (const value of values) query.append(name, value);
  }
  const text = query.toString().replaceAll("%2F", "/");
  const { pathname, hash } = window.location;
  window.history.replaceState(null, "", `${pathname}${text && `?${text}`}${hash}`);
}
