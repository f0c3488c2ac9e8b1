"use client";

import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import { useId } from "react";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import { PasswordField, PersonChoice, RememberChoice } from "../../_account/choices.tsx";
import { scopes } from "../../_account/flow-actions.tsx";
import type { Chooser } from "../../_browser/choice.ts";
import { heldBy, isRefreshToken, ruledBy, shownVariant, variantsOf } from "../../_browser/flow-info.ts";
import type { FlowProps } from "../../_browser/flow-props.ts";
import { VariantMenu } from "../../_settings/variant-menu.tsx";
import { Button, ButtonLink } from "../../_ui/controls/button.tsx";
import { Menu, MenuItem } from "../../_ui/controls/menu.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { OutcomeLine } from "../../_ui/outcome-line.tsx";

/** What a person does on this page, in one row: who logs in and how, and then what is done with the login. */
export function FlowBar(props: FlowProps & { /** Why nothing can be done now. */ readonly off: string | undefined }) {
  const { flow, view, choice, acting, off } = props;
  const acts = acting.on(flow);
  const chosen = shownVariant(view, flow, choice.picked[flow.id]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="flex items-center gap-2 text-base font-semibold tracking-[-0.01em]">
            <FlowIcon flow={flow.id} className="size-4.5" />
            {flow.title}
          </p>
          {chosen && (
            <VariantMenu flow={flow} variants={variantsOf(view, flow)} chosen={chosen} onChoose={choice.pick} />
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <PersonChoice people={view.people} chosen={choice.person} onChoose={choice.choosePerson} />
          <HowMenu choice={choice} />
          <Button
            kind="primary"
            size="plug"
            onPress={acts.login}
            busy={acting.busy[flow.id] === "login"}
            unavailable={off}
          >
            Log in
          </Button>
        </div>
        <Acts {...props} variant={ruledBy(view, flow, choice.picked[flow.id])} />
        {chosen && (
          <span className="when-desk @4xl:ml-auto">
            <ButtonLink href={`/api/take-away/${chosen.id}`} download="">
              Take this flow away <span aria-hidden>↓</span>
            </ButtonLink>
          </span>
        )}
      </div>
      <OutcomeLine outcome={acting.outcomes[flow.id]} />
    </>
  );
}

/** The password, and whether the login is remembered: they seldom change. */
function HowMenu({ choice }: { choice: Chooser }) {
  return (
    <Menu look="icon" from="start" label="How to log in" button={<SlidersHorizontal className="size-4" aria-hidden />}>
      <div className="grid gap-2.5 p-2">
        <PasswordField password={choice.password} onType={choice.typePassword} grow />
        <RememberChoice remember={choice.remember} onChoose={choice.chooseRemember} />
      </div>
    </Menu>
  );
}

type ActsProps = Parameters<typeof FlowBar>[0] & {
  /** The variant whose rules apply to the credentials that are held now. */
  readonly variant: VariantView | undefined;
};

/** A logout is beside every login (NIST 5.1 offered). */
function Acts({ flow, view, acting, variant, off }: ActsProps) {
  const held = heldBy(view, flow);
  const acts = acting.on(flow);
  const busy = acting.busy[flow.id];
  const refreshes = held.credentials.some((one) => isRefreshToken(flow, one));
  const loggedOut = held.credentials.length > 0 ? undefined : "You are not logged in with this flow.";
  return (
    <div className="flex flex-wrap items-center gap-2">
      {/* Beside the login that it ends, and not on every page (ASVS 7.4.4). */}
      <Button size="plug" onPress={acts.logout} busy={busy === "logout"} unavailable={off ?? loggedOut}>
        Log out
      </Button>
      <RevokeMenu
        cannot={off ?? whyNoRevoke(variant, held.login.accepted)}
        cannotOne={variant?.cannot.revokeOne}
        onRevoke={acts.revoke}
      />
      {variant && variant.cannot.refresh === undefined && (
        <Button
          size="plug"
          onPress={acts.refresh}
          busy={busy === "refresh"}
          unavailable={off ?? (refreshes ? undefined : "There is no refresh token in this browser.")}
        >
          Refresh
        </Button>
      )}
      <Button size="plug" onPress={acts.send} busy={busy === "me"} unavailable={off}>
        Send
      </Button>
    </div>
  );
}

function whyNoRevoke(variant: VariantView | undefined, accepted: boolean): string | undefined {
  return variant?.cannot.revoke ?? (accepted ? undefined : "Revoking needs an accepted login.");
}

type RevokeMenuProps = {
  /** Why nothing can be revoked. */
  readonly cannot: string | undefined;
  /** Why one login cannot be ended apart from the others. */
  readonly cannotOne: string | undefined;
  readonly onRevoke: (scope: (typeof scopes)[number]["scope"]) => void;
};

/** A scope that cannot be revoked is left out, with the reason in its place. */
function RevokeMenu({ cannot, cannotOne, onRevoke }: RevokeMenuProps) {
  const id = useId();
  const offered = cannot === undefined ? scopes.filter(({ scope }) => scope === "all" || cannotOne === undefined) : [];
  const why = cannot ?? cannotOne;
  return (
    <Menu look="plug" from="start" id={id} button={<span className={cannot ? "text-faint" : ""}>Revoke</span>}>
      {offered.map(({ scope, label, says }) => (
        <MenuItem key={scope} words={label} closes={id} onPress={() => onRevoke(scope)}>
          {says}
        </MenuItem>
      ))}
      {why !== undefined && <p className="max-w-80 px-2 py-1.5 text-xs text-dim">{why}</p>}
    </Menu>
  );
}
