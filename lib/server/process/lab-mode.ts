/** On in development. In production it has to be turned on, since its people have public passwords (ASVS 6.3.2). */
export function isLabMode(source: {
  readonly LAB_MODE?: string | undefined;
  readonly NODE_ENV?: string | undefined;
}): boolean {
  return (source.LAB_MODE || (source.NODE_ENV === "production" ? "off" : "on")) === "on";
}
