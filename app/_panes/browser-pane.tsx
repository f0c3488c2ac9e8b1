import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { CredentialView, HeldView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, isCookieOf, isRefreshToken } from "../_browser/flow-info.ts";
import { endMoments, isLive } from "../_browser/life/record-life.ts";
import { CredentialChip } from "../_credential/credential-chip.tsx";
import { CredentialWarnings, DecodedCredential } from "../_credential/decoded-credential.tsx";
import { PlacesNote, SurvivalLine } from "../_credential/token-place.tsx";
import { ScriptAccess } from "../_credential/visible-cookies.tsx";
import type { SentCookie } from "../_exchanges/set-cookie.ts";
import { useLastReached } from "../_ui/lab-time.tsx";
import { EmptyNote, Pane } from "../_ui/pane.tsx";

type BrowserPaneProps = {
  readonly flow: FlowInfo;
  readonly held: HeldView;
  readonly sent: readonly SentCookie[];
  readonly className?: string;
};

export function isFlowCookie(flow: FlowInfo, credential: CredentialView): boolean {
  return isCookieOf(flow, credential.name);
}

/** Whether a credential is no longer accepted: its record is over at `now`, or it was just refused. */
export function isOver(flow: FlowInfo, held: HeldView, credential: CredentialView, now: number): boolean {
  if (!isRefreshToken(flow, credential)) return !held.login.accepted;
  return held.records?.some((record) => record.id === credential.recordId && !isLive(record, now)) ?? false;
}

/** The credentials of a flow in this browser, and whether scripts can read them. */
export function BrowserPane({ flow, held, sent, className = "" }: BrowserPaneProps) {
  const { credentials } = held;
  const now = useLastReached(endMoments(held.records ?? []));
  const [cookie] = credentials.filter((credential) => isFlowCookie(flow, credential));
  const note =
    flow.presents === "bearer"
      ? credentials.length > 0 && <PlacesNote flow={flow} credentials={credentials} />
      : cookie && <ScriptAccess cookie={cookie.name} sent={sent.find((one) => isSameCookie(one.name, cookie.name))} />;
  return (
    <Pane title="Browser" note={note || undefined} className={className}>
      <SurvivalLine flow={flow} credentials={credentials} />
      {credentials.length === 0 && <EmptyNote>This browser holds no credential of this flow.</EmptyNote>}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.25">
        {credentials.map((credential) => (
          <div key={credential.name} className="min-w-0">
            <CredentialChip credential={credential} over={isOver(flow, held, credential, now)} />
            <CredentialWarnings warnings={credential.warnings} />
            {credential.decoded && <DecodedCredential decoded={credential.decoded} />}
          </div>
        ))}
      </div>
    </Pane>
  );
}
