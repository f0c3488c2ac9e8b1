/**
 * The weaknesses that a lab can have turned on, as pages name them. Each is a wrapper around the right edge, in
 * `weak/wrappers.ts`; nothing here makes one.
 */
export const weaknessTitles = {
  "any-origin": "changes are accepted from any site, in any form",
  "same-site-none": "login cookies are SameSite=None",
  "plain-names": "login cookies have no prefix in their names",
  "secure-names": "login cookies begin with __Secure- and not with __Host-",
} as const;

export type WeaknessId = keyof typeof weaknessTitles;

export const weaknessIds = Object.keys(weaknessTitles) as readonly WeaknessId[];
