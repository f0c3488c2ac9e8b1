import type { Data, Json } from "@/lib/core/session-data.ts";

export type CartLine = { readonly article: string; readonly amount: number };

/** The form's values so far, and its current step. */
export type Form = { readonly step: 1 | 2 | 3; readonly contact: string; readonly delivery: string };

export const articles = ["Tea", "Coffee", "Biscuits"] as const;
export const deliveries = ["by post", "to a shop"] as const;

/** A plain cookie can be changed by its holder, so values that are not lines of a cart are left out. */
export function cartIn({ cart }: Data): readonly CartLine[] {
  if (!Array.isArray(cart)) return [];
  return cart.flatMap((line: Json) => {
    const { article, amount } = membersOf(line);
    return typeof article === "string" && typeof amount === "number" ? [{ article, amount }] : [];
  });
}

/** `null`: the form was not begun. */
export function formIn({ form }: Data): Form | null {
  const { step, contact, delivery } = membersOf(form);
  if (step !== 1 && step !== 2 && step !== 3) return null;
  return {
    step,
    contact: typeof contact === "string" ? contact : "",
    delivery: typeof delivery === "string" ? delivery : "",
  };
}

export function notesIn(data: Data): readonly string[] {
  return Object.keys(data).filter((key) => key.startsWith("note-"));
}

/** Adds `by` to the amount of an article. A line with an amount of zero is removed. */
export function withMore(cart: readonly CartLine[], article: string, by: number): readonly CartLine[] {
  const known = cart.some((line) => line.article === article);
  const next = known ? cart : [...cart, { article, amount: 0 }];
  return next
    .map((line) => (line.article === article ? { article, amount: line.amount + by } : line))
    .filter(({ amount }) => amount > 0);
}

function membersOf(value: Json | undefined): { readonly [name: string]: Json | undefined } {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries<Json>(value)) : {};
}
