/**
 * The weaknesses that a lab can have turned on, as pages name them. Each is a wrapper around the right edge, in
 * `weak/wrappers.ts`; nothing here makes one.
 */
export const weaknessTitles = {
  "any-origin": "changes are accepted from any site, in any form",
  "same-site-none": "login cookies are SameSite=None",
} as const;

export type WeaknessId = keyof typeof weaknessTitles;

export const weaknessIds = Object.keys(weaknessTitles) as readonly WeaknessId[];
