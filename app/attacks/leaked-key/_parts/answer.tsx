import type { ReactNode } from "react";
import { duration } from "@/lib/core/time.ts";
import type { Answered } from "@/lib/features/attacks/leaked-key/model.ts";

/** What was answered: whom the thief is and for how long, or the code and the step that refused. */
export function Answer({ answer, gotIn = "GETS IN" }: { readonly answer: Answered; readonly gotIn?: string }) {
  const { status, code, at } = answer;
  return (
    <p className="text-13">
      {code === null ? <Alarm>{gotIn}</Alarm> : <b className="font-semibold">refused</b>}{" "}
      {code === null ? (
        <span className="text-dim">{told(answer)}</span>
      ) : (
        <span className="font-mono text-dim wrap-anywhere">
          {status} {code}
        </span>
      )}
      {at !== null && <span className="text-dim"> at {at}</span>}
    </p>
  );
}

function told({ as, seconds }: Answered): string {
  const who = as ? `as ${as.username}${as.role === as.username ? "" : `, ${as.role}`}` : "";
  return [who, seconds === null ? "" : `for ${duration(seconds * 1000)}`].filter(Boolean).join(", ");
}

export function Alarm({ children }: { readonly children: ReactNode }) {
  return <b className="font-semibold text-refused">{children}</b>;
}
