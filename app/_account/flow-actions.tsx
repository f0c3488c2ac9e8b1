import type { HeldView, VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowActs, RevokeScope, Verb } from "../_browser/flow-acts.ts";
import { type FlowInfo, isRefreshToken } from "../_browser/flow-info.ts";
import { Button } from "../_ui/controls/button.tsx";

type FlowActionsProps = {
  readonly flow: FlowInfo;
  readonly held: HeldView;
  /** The variant whose rules apply to the credentials that are held now. */
  readonly variant: VariantView | undefined;
  readonly busy: Verb | undefined;
  readonly acts: FlowActs;
  readonly className?: string;
};

type Scope = {
  readonly scope: RevokeScope;
  readonly word: string;
  readonly label: string;
  /** What it ends, as a sentence. */
  readonly says: string;
};

export const scopes: readonly Scope[] = [
  { scope: "current", word: "this", label: "Revoke this", says: "Ends this browser’s login, where the server can." },
  {
    scope: "others",
    word: "others",
    label: "Revoke others",
    says: "Ends the logins of other devices, such as a phone.",
  },
  { scope: "all", word: "all", label: "Revoke all", says: "Ends every login of this person." },
];

/** A logout is beside every login (NIST 5.1 offered). */
export function FlowActions({ flow, held, variant, busy, acts, className = "" }: FlowActionsProps) {
  const holds = held.credentials.length > 0;
  const canRefresh = variant !== undefined && variant.cannot.refresh === undefined;
  const refreshes = held.credentials.some((one) => isRefreshToken(flow, one));
  return (
    <div className={className}>
      <div className="flex flex-wrap gap-1.5">
        <Button onPress={acts.login} busy={busy === "login"}>
          Log in
        </Button>
        <Button onPress={acts.send} busy={busy === "me"}>
          Send
        </Button>
        {canRefresh && (
          <Button
            onPress={acts.refresh}
            busy={busy === "refresh"}
            unavailable={refreshes ? undefined : "There is no refresh token in this browser."}
          >
            Refresh
          </Button>
        )}
        {/* Beside the login that it ends, and not on every page (ASVS 7.4.4). */}
        <Button
          onPress={acts.logout}
          busy={busy === "logout"}
          unavailable={holds ? undefined : "You are not logged in with this flow."}
        >
          Log out
        </Button>
      </div>
      <RevokeButtons
        cannot={variant?.cannot.revoke}
        cannotOne={variant?.cannot.revokeOne}
        accepted={held.login.accepted}
        busy={busy === "revoke"}
        onRevoke={acts.revoke}
      />
    </div>
  );
}

type RevokeButtonsProps = {
  readonly cannot: string | undefined;
  /** Why one login cannot be ended apart from the others. */
  readonly cannotOne: string | undefined;
  readonly accepted: boolean;
  readonly busy: boolean;
  readonly onRevoke: (scope: RevokeScope) => void;
};

function RevokeButtons({ cannot, cannotOne, accepted, busy, onRevoke }: RevokeButtonsProps) {
  if (cannot !== undefined) {
    return (
      <p className="mt-2 text-xs text-dim">
        <span className="font-medium text-ink">Revoke: cannot.</span> {cannot}
      </p>
    );
  }
  const unavailable = (scope: RevokeScope) => {
    if (scope !== "all" && cannotOne !== undefined) return cannotOne;
    return accepted ? undefined : "Revoking needs an accepted login.";
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-1.5">
      <span className="text-xs text-dim" aria-hidden="true">
        Revoke
      </span>
      {scopes.map(({ scope, word, label }) => (
        <Button key={scope} label={label} busy={busy} unavailable={unavailable(scope)} onPress={() => onRevoke(scope)}>
          {word}
        </Button>
      ))}
    </div>
  );
}
