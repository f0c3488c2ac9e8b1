import type { TryView } from "@/lib/lab/lab-view.ts";

/** What the server said to a value that was sent to it; `null`: it did not answer. */
export type ServerCheck = { readonly value: string; readonly view: TryView | null; readonly problem: string | null };
