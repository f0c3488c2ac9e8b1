import { cookieWeaknesses } from "./cookie-verifiers.ts";
import { keyWeaknesses } from "./key-choosers.ts";
import { tokenWeaknesses } from "./token-verifiers.ts";

/**
 * Verifiers with one known mistake each, to show that a forgery is a real one. They stand beside the application's own
 * verifiers and not in them, and what they accept logs nobody in.
 */
export const weaknesses = { ...tokenWeaknesses, ...keyWeaknesses, ...cookieWeaknesses } as const;

export type WeaknessId = keyof typeof weaknesses;
