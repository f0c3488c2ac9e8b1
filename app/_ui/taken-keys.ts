/** A key belongs to the field in which somebody types, and to a dialog that is open (WCAG 2.1.4). */
export function isKeyTaken({ target }: Pick<KeyboardEvent, "target">): boolean {
  if (document.querySelector("dialog[open]")) return true;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
