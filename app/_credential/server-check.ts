import type { TryView } from "@/lib/lab/lab-view.ts";

/** The server's answer to a sent value. A `view` of `null`: there is none, and `problem` says why. */
export type ServerCheck = { readonly value: string; readonly view: TryView | null; readonly problem: string | null };
