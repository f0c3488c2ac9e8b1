import { Suspense } from "react";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { heldBy, personIn, ruledBy } from "../../_browser/flow-info.ts";
import type { FlowProps } from "../../_browser/flow-props.ts";
import { LoginState } from "../../_panes/login-state.tsx";
import { onUse } from "../../_ui/on-use.ts";

// On demand, with the strip: before the first plug there is no result.
const FlowResult = onUse(() => import("./flow-result.tsx").then((part) => part.FlowResult));

type FlowHeadingProps = FlowProps & {
  /** The copies of this flow's credentials. */
  readonly copies: CopiesView | null;
};

/** The heading is the result, as on the dashboard: what happened, and which copy still gets in. Beside it the login. */
export function FlowHeading({ flow, view, lab, choice, copies }: FlowHeadingProps) {
  const isPulled = copies?.copies.some(({ earlier, plugs }) => !earlier && plugs.length > 0);
  const state = stateOf(view, flow);
  return (
    <header className="flex flex-wrap items-center gap-x-10 gap-y-3">
      <div className="grid min-w-0 flex-1 basis-80 gap-1">
        <h1 aria-live="polite" className="result-heading font-semibold tracking-title text-balance">
          {copies && isPulled ? (
            <Suspense fallback={state}>
              <FlowResult copies={copies} flows={lab.flows} otherwise={state} />
            </Suspense>
          ) : (
            state
          )}
        </h1>
        {!isPulled && (
          <p className="text-dim">
            {flow.trusts} {flow.therefore}
          </p>
        )}
      </div>
      {/* In a room the heading says it. */}
      <div className="when-desk w-full @4xl:w-84">
        <LoginState
          flow={flow}
          held={heldBy(view, flow)}
          people={view.people}
          variant={ruledBy(view, flow, choice.picked[flow.id])}
          renewing={lab.renewing && flow.presents === "bearer"}
          away={lab.problem !== null}
        />
      </div>
    </header>
  );
}

function stateOf(view: LabView, flow: FlowInfo): string {
  const person = personIn(heldBy(view, flow));
  return person === null ? flow.title : `${person} is in with ${flow.title}`;
}
