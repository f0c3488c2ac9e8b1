"use client";

import { useState } from "react";
import { PasswordScreen } from "../_account/password-screen.tsx";
import { principalFor, type RequestPrincipal } from "../_browser/request-principal.ts";
import { lastPlugKind } from "../_copies/strip-words.ts";
import { Button } from "../_ui/controls/button.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";
import { limitsOf, type PlugScreenProps, plugActs } from "./plug-acts.ts";
import { type Limit, PlugBar } from "./plug-bar.tsx";

/** The plugs with their actions, their dialog, and what the last one did. */
export function PlugScreen(props: PlugScreenProps) {
  const { lab, view, choice, plugs } = props;
  const [changing, setChanging] = useState<RequestPrincipal | null>(null);
  const [refused, setRefused] = useState<{ readonly limit: Limit; readonly after: Outcome | undefined } | null>(null);
  const principal = principalFor(view, lab.flows, choice.person?.username);
  const limits = limitsOf(props, principal);
  // What is said of a press that did nothing goes with the next plug, and once the press would do something.
  const isSo = Object.values(limits).some((limit) => limit?.why === refused?.limit.why);
  const limit = refused && isSo && refused.after === plugs.outcome && !plugs.busy ? refused.limit : null;
  return (
    <>
      <PlugBar
        person={choice.person}
        limits={limits}
        acts={{ ...plugActs(props), changePassword: () => setChanging(principal ?? null) }}
        // A server that does not answer is asked nothing.
        busy={plugs.busy || lab.problem !== null}
        pulled={lab.copies ? lastPlugKind(lab.copies, lab.flows) : undefined}
        onLimit={(said) => setRefused({ limit: said, after: plugs.outcome })}
      />
      <div className={`basis-full ${limit ? "" : "when-desk"}`}>
        {limit ? <LimitLine limit={limit} /> : <OutcomeLine outcome={plugs.outcome} />}
      </div>
      {changing && (
        <PasswordScreen
          principal={changing}
          view={view}
          choice={choice}
          plugs={plugs}
          onClose={() => setChanging(null)}
        />
      )}
    </>
  );
}

/** Why a plug was not pulled, and what helps. */
function LimitLine({ limit: { why, help } }: { limit: Limit }) {
  return (
    <p role="status" className="mt-2 flex flex-wrap items-center gap-2 text-13">
      {why}
      <Button onPress={help.act}>{help.words}</Button>
    </p>
  );
}
