import { duration } from "@/lib/core/time.ts";
import { type CookieRule, cookieNotes, cookieRules } from "@/lib/lab/cookies/cookie-rules.ts";
import { stayReasons } from "@/lib/lab/cookies/cookie-travel.ts";
import type { CookieVerdict } from "@/lib/lab/cookies/cookie-verdict.ts";
import { Card } from "../../_ui/card.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";
import type { Trial } from "./cookie-laboratory.ts";

function Clause({ children }: { children: string }) {
  return <span className="text-2xs text-faint">{children}</span>;
}

/** The computed verdict on a line, with its rule. */
export function ComputedVerdict({ verdict, now }: { verdict: CookieVerdict; now: number }) {
  return (
    <div className="text-13" data-testid="computed">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xs font-semibold tracking-[0.07em] text-faint uppercase">Computed</span>
        {verdict.outcome === "refused" ? (
          <Refused rule={verdict.rule} />
        ) : (
          <span>
            <strong className="font-semibold text-accepted">{verdict.outcome}</strong>
            {verdict.outcome === "stored" && (
              <span className="text-dim">
                {" "}
                for <code className="font-mono text-xs">{verdict.cookie.path}</code>,{" "}
                {verdict.cookie.endsAt === null
                  ? "until the browser ends"
                  : `for ${duration(verdict.cookie.endsAt - now)}`}
              </span>
            )}
          </span>
        )}
      </p>
      {verdict.outcome !== "refused" && verdict.notes.length > 0 && (
        <ul className="mt-1 grid gap-0.5 text-xs text-dim">
          {verdict.notes.map((note) => (
            <li key={note}>
              {cookieNotes[note][0]} <Clause>{cookieNotes[note][1]}</Clause>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Refused({ rule }: { rule: CookieRule }) {
  const [sentence, clause] = cookieRules[rule];
  return (
    <span>
      <strong className="font-semibold text-refused">refused</strong> <code className="font-mono text-xs">{rule}</code>{" "}
      <span className="block text-dim">
        {sentence} <Clause>{clause}</Clause>
      </span>
    </span>
  );
}

/** Compares the computed verdict with the observation. */
export function CookieTrial({ trial }: { trial: Trial | undefined }) {
  return (
    <Card title="What this browser did" label="What this browser did" note="observed by echo">
      <div role="status" aria-live="polite">
        {trial ? (
          <>
            <p className="code line-clamp-4 rounded-lg bg-sunk px-2.5 py-1.5">Set-Cookie: {trial.line}</p>
            <Comparison trial={trial} />
            <Agreement trial={trial} />
          </>
        ) : (
          <EmptyNote>No line sent yet. Choose a line, read what the rules say, then send it.</EmptyNote>
        )}
      </div>
    </Card>
  );
}

type TrialRow = readonly [question: string, computed: boolean, observed: boolean | null, why: string | null];

function rowsOf({ echoPath, computed, observed }: Trial): readonly TrialRow[] {
  const { verdict, hidden } = computed;
  const why =
    verdict.outcome === "refused"
      ? cookieRules[verdict.rule][0]
      : verdict.outcome === "deleted"
        ? "Its end lies in the past."
        : hidden === "HTTP_ONLY"
          ? "HttpOnly."
          : hidden && stayReasons[hidden][0];
  return [
    [`sent to ${echoPath}`, computed.travels, observed.travels, null],
    ["document.cookie lists it", computed.scripts, observed.document, why],
    ["the Cookie Store lists it", computed.scripts, observed.store, why],
  ];
}

function Comparison({ trial }: { trial: Trial }) {
  return (
    <table className="mt-2 w-full text-13">
      <thead>
        <tr className="text-left text-2xs tracking-[0.07em] text-faint uppercase">
          <th scope="col" className="py-1 font-semibold">
            The cookie
          </th>
          <th scope="col" className="w-20 py-1 font-semibold">
            Computed
          </th>
          <th scope="col" className="w-20 py-1 font-semibold">
            Observed
          </th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(trial).map(([question, computed, observed, why]) => (
          <tr key={question} className="border-t border-line align-baseline">
            <th scope="row" className="py-1.5 pr-2 text-left font-normal wrap-anywhere">
              {question}
              {!computed && why && <span className="block text-xs text-dim">Why not, computed: {why}</span>}
            </th>
            <td className="py-1.5 text-dim">{computed ? "yes" : "no"}</td>
            <td className="py-1.5 font-medium">{observed === null ? "cannot ask" : observed ? "yes" : "no"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Agreement({ trial: { computed, observed } }: { trial: Trial }) {
  const same =
    computed.travels === observed.travels &&
    computed.scripts === observed.document &&
    (observed.store === null || computed.scripts === observed.store);
  if (observed.before && observed.travels)
    return (
      <p className="mt-2 rounded-lg bg-warn-ground px-2.5 py-1.5 text-13 text-warn" data-testid="agreement">
        The same name and value were already sent before, so this trial proves nothing. Delete the cookie below, or
        change the value.
      </p>
    );
  return same ? (
    <p className="mt-2 text-13 text-accepted" data-testid="agreement">
      Computed and observed agree.
    </p>
  ) : (
    <p
      className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 font-medium text-refused"
      data-testid="agreement"
    >
      Computed and observed disagree. The observation counts: this browser has a rule of its own, or the computation is
      wrong.
    </p>
  );
}
