/** On in development; in production it has to be set on purpose, since people with public passwords live in it (ASVS 6.3.2). */
export function isLabMode(source: {
  readonly LAB_MODE?: string | undefined;
  readonly NODE_ENV?: string | undefined;
}): boolean {
  return (source.LAB_MODE || (source.NODE_ENV === "production" ? "off" : "on")) === "on";
}
