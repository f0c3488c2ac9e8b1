/** Whether this page, or a page below it, is shown. */
export function isShown(href: string, path: string): boolean {
  return path === href || (href !== "/" && path.startsWith(`${href}/`));
}
