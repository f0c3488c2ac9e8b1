/** Turbopack looks for this file in the folders above as well, and would start the application that is there. */
export function register() {}
