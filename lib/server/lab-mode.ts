/** On in development; in production it has to be set on purpose. */
export function isLabMode(source: {
  readonly LAB_MODE?: string | undefined;
  readonly NODE_ENV?: string | undefined;
}): boolean {
  return (source.LAB_MODE || (source.NODE_ENV === "production" ? "off" : "on")) === "on";
}
