"use client";

import { useState } from "react";
import type { Data, Json } from "@/lib/core/session-data.ts";
import type { Answer } from "../_browser/api.ts";
import { clearData, popData, putData } from "../_browser/flow-calls.ts";
import { heldBy, isCookieOf, ruledBy } from "../_browser/flow-info.ts";
import type { FlowProps } from "../_browser/flow-props.ts";
import { outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { notesIn } from "./kept-data.ts";
import { SessionDataCard } from "./session-data-card.tsx";
import { useSessionData } from "./use-session-data.ts";

/** A cart and a form in the session data of this flow's login, changed through the flow's endpoints. */
export function SessionDataScreen({ flow, view, lab, choice, acting }: FlowProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const { data, apply } = useSessionData(lab, flow, acting);
  const held = heldBy(view, flow);
  const rules = ruledBy(view, flow, choice.picked[flow.id]);
  const cookie = held.credentials.find(({ name }) => isCookieOf(flow, name));

  async function run<T>(asked: string, call: () => Promise<Answer<T>>, wish: Wish<T>): Promise<void> {
    setBusy(true);
    const answer = await acting.inTurn(flow, call);
    if (answer.ok) await apply(wish.left);
    // Updates the cached data before other requests, so the next press starts from the value on the screen.
    setBusy(false);
    await lab.reread();
    setOutcome(outcomeOf(asked, answer, wish.tell));
  }

  const put = (asked: string, key: string, value: Json, told: string) =>
    void run(asked, () => putData(flow, key, value), { left: (kept) => ({ ...kept, [key]: value }), tell: () => told });
  const pop = (asked: string, key: string, told: string) =>
    void run(asked, () => popData(flow, key), { left: (kept) => without(kept, key), tell: () => told });

  return (
    <SessionDataCard
      cannot={rules?.cannot.data}
      data={data}
      isIn={held.login.accepted}
      cookieBytes={rules?.settings.encoding ? (cookie?.bytes ?? 0) : null}
      busy={busy}
      outcome={outcome}
      acts={{
        cart: (lines) => (lines.length > 0 ? put("Cart", "cart", lines, "kept") : pop("Cart", "cart", "removed")),
        form: (form) => put("Form", "form", form, `kept at step ${form.step}`),
        finish: () => pop("Form", "form", "finished, and no longer kept"),
        note: () => put("Note", freeNote(notesIn(data ?? {})), note(), "kept"),
        clear: () =>
          void run("Clear all", () => clearData(flow), {
            left: () => ({}),
            tell: ({ removed }) => (removed === 1 ? "1 value removed" : `${removed} values removed`),
          }),
      }}
    />
  );
}

/** The value after the change, and its message. */
type Wish<T> = { readonly left: (kept: Data) => Data; readonly tell: (body: T) => string };

function without(kept: Data, key: string): Data {
  return Object.fromEntries(Object.entries(kept).filter(([each]) => each !== key));
}

function freeNote(taken: readonly string[]): string {
  const numbers = Array.from({ length: taken.length + 1 }, (_, n) => `note-${n + 1}`);
  return numbers.find((key) => !taken.includes(key)) ?? "note-1";
}

/** 700 characters that no compression makes much shorter. */
function note(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(525));
  return btoa(String.fromCharCode(...bytes));
}
