import { type ActionPlay, actionSenders, hasActed } from "@/lib/features/attacks/csrf/model.ts";
import { ScrollRegion } from "../../../_ui/scroll-region.tsx";

const columns = [
  { of: "handler", title: "Route handler without a check" },
  { of: "action", title: "Server Action" },
  { of: "behindProxy", title: "Server Action, where a proxy forwards another host" },
] as const;

/** A Server Action beside a route handler: which sender's form it acts on. */
export function ServerAction({ play }: { readonly play: ActionPlay }) {
  return (
    <section aria-label="A Server Action beside a route handler" className="border-t border-strong pt-3">
      <h2 className="font-semibold">A Server Action beside a route handler</h2>
      <p className="mb-2 max-w-lead text-13 text-dim">
        This application has no Server Action: its guard refuses every POST to a page. These forms were sent to a small
        one at {play.playedAt.slice(0, 16).replace("T", " ")} UTC, in Next.js {play.next}. It compares the host of
        Origin with X-Forwarded-Host, else with Host. Without an Origin it acts. serverActions.allowedOrigins names the
        hosts that may differ.
      </p>
      <ScrollRegion label="Every sender of a Server Action" className="overflow-x-auto">
        <table className="text-13">
          <thead>
            <tr className="text-left align-bottom text-xs text-dim">
              <th scope="col" className="py-1.5 pr-6 font-normal">
                A form from
              </th>
              {columns.map(({ of, title }) => (
                <th key={of} scope="col" className="max-w-48 py-1.5 pr-6 font-normal">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {actionSenders.map(({ id, title }) => (
              <tr key={id}>
                <th scope="row" className="border-b border-line py-1 pr-6 text-left font-normal">
                  {title}
                </th>
                {columns.map(({ of }) => (
                  <Answer
                    key={of}
                    isOwn={id === "own"}
                    status={play.senders.find((each) => each.id === id)?.[of] ?? null}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

/** The own page has to be let pass: where it is not, that is the fault. */
function Answer({ status, isOwn }: { readonly status: number | null; readonly isOwn: boolean }) {
  if (status === null) return <td className="border-b border-line text-faint italic">–</td>;
  const acts = hasActed(status);
  const look = acts !== isOwn ? "font-semibold text-refused" : "text-dim";
  const word = isOwn ? (acts ? "let pass" : "REFUSED") : acts ? "SUCCEEDS" : "refused";
  return (
    <td className="border-b border-line py-1 pr-6">
      <span className={acts || isOwn ? look : "text-dim"}>{word}</span>{" "}
      <span className="font-mono text-xs text-dim">{status}</span>
    </td>
  );
}
