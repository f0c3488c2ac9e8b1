/** A browser's product and its major version, from its user agent. */
export function browserIn(userAgent: string): string {
  const [, product = "", version = ""] = /\b(Firefox|Chrome|HeadlessChrome)\/(\d+)/.exec(userAgent) ?? [];
  return product === "" ? "another browser" : `${product.replace("Headless", "")} ${version}`;
}
