import type { Data } from "@/lib/core/session-data.ts";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";
import { EmptyNote } from "../_ui/pane.tsx";
import { Cart } from "./cart.tsx";
import { FormSteps } from "./form-steps.tsx";
import { type CartLine, cartIn, type Form, formIn, notesIn } from "./kept-data.ts";

export type DataActs = {
  readonly cart: (lines: readonly CartLine[]) => void;
  readonly form: (form: Form) => void;
  readonly finish: () => void;
  readonly note: () => void;
  readonly clear: () => void;
};

type SessionDataCardProps = {
  /** Why this flow keeps no session data. */
  readonly cannot: string | undefined;
  /** The session data of this login. `null`: not logged in, or not loaded yet. */
  readonly data: Data | null;
  readonly isIn: boolean;
  /** The size of the cookie that holds the data. `null`: the server holds it. */
  readonly cookieBytes: number | null;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly acts: DataActs;
};

/** Session data of an application and the place where it is stored: a cart and a form in three steps. */
export function SessionDataCard({ cannot, data, isIn, cookieBytes, busy, outcome, acts }: SessionDataCardProps) {
  const place = cookieBytes === null ? "with the record" : "in the cookie";
  return (
    <Card title="Session data" label="Session data" note={isIn && cannot === undefined ? place : undefined}>
      {cannot !== undefined && (
        <p className="text-13 text-dim">
          <span className="font-medium text-ink">This flow keeps no session data.</span> {cannot}
        </p>
      )}
      {cannot === undefined && !isIn && (
        <EmptyNote>Log in to keep something. It is deleted when the login ends.</EmptyNote>
      )}
      {data && (
        <div className="grid gap-3">
          {cookieBytes !== null && (
            <>
              <CookieSize bytes={cookieBytes} />
              <p className="text-xs text-dim">
                Each change writes the whole cookie anew. Of two at once, the answer that comes later wins, and the
                other change is lost.
              </p>
            </>
          )}
          <Cart lines={cartIn(data)} busy={busy} onChange={acts.cart} />
          <FormSteps
            // Unsaved text is dropped when the stored form changes, here or in another tab.
            key={JSON.stringify(formIn(data))}
            form={formIn(data)}
            busy={busy}
            onKeep={acts.form}
            onFinish={acts.finish}
          />
          <div className="flex flex-wrap items-center gap-1.5 border-t border-line pt-2.5">
            <span className="text-xs text-dim">{notesWords(notesIn(data).length)}</span>
            <span className="ml-auto flex gap-1.5">
              <Button busy={busy} label="Add a note of 700 characters" onPress={acts.note}>
                + note
              </Button>
              <Button
                busy={busy}
                unavailable={Object.keys(data).length === 0 ? "There is no session data." : undefined}
                onPress={acts.clear}
              >
                Clear all
              </Button>
            </span>
          </div>
        </div>
      )}
      <OutcomeLine outcome={outcome} />
    </Card>
  );
}

function notesWords(count: number): string {
  if (count === 0) return "No long note";
  return count === 1 ? "1 long note" : `${count} long notes`;
}

const most = 4096;

function CookieSize({ bytes }: { bytes: number }) {
  return (
    <div>
      <p className="mb-1 flex text-xs text-dim">
        The whole cookie
        <span className="figures ml-auto font-mono">
          {bytes.toLocaleString("en")} of {most.toLocaleString("en")} bytes
        </span>
      </p>
      <div className="bar" aria-hidden="true">
        <i style={{ "--part": Math.min(1, bytes / most) }} />
      </div>
    </div>
  );
}
