"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { PasswordScreen } from "../_account/password-screen.tsx";
import type { Chooser } from "../_browser/choice.ts";
import { type FlowInfo, heldBy, ruledBy } from "../_browser/flow-info.ts";
import {
  advanceClock,
  changePerson,
  chooseLifetimes,
  type PersonChange,
  resetLab,
  restart,
  rotateKeys,
} from "../_browser/lab-calls.ts";
import type { Lab } from "../_browser/lab-provider.tsx";
import { adminPrincipal, principalFor, type RequestPrincipal } from "../_browser/request-principal.ts";
import type { FlowActing } from "../_browser/use-flow-acts.ts";
import { type Plugs, usePlugs } from "../_browser/use-plugs.ts";
import { type PlugActs, PlugBar, type PlugLimits } from "./plug-bar.tsx";

// On demand: few visits reset a lab.
const ResetDialog = dynamic(() => import("../_header/reset-dialog.tsx").then((part) => part.ResetDialog), { ssr: false });

type PlugScreenProps = {
  readonly lab: Lab;
  readonly view: LabView;
  readonly choice: Chooser;
  readonly acting: FlowActing;
};

/** The plug bar with its actions and dialogs. */
export function PlugScreen(props: PlugScreenProps) {
  const { lab, view, choice, acting } = props;
  const plugs = usePlugs(acting);
  const [changing, setChanging] = useState<RequestPrincipal | null>(null);
  const [resetting, setResetting] = useState(false);
  const principal = principalFor(view, lab.flows, choice.person?.username);
  const admin = adminPrincipal(view, lab.flows);
  return (
    <>
      <PlugBar
        person={choice.person}
        limits={limitsOf(props, principal, admin)}
        acts={{
          ...actsOnLogins(props, plugs),
          ...actsOnPeople(choice, admin, plugs),
          ...actsOnLab(plugs),
          changePassword: () => setChanging(principal ?? null),
          reset: () => setResetting(true),
        }}
        busy={plugs.busy}
        outcome={plugs.outcome}
        lifetimes={view.settings}
      />
      {resetting && (
        <ResetDialog
          view={view}
          flows={lab.flows}
          onReset={() => void reset(plugs)}
          onClose={() => setResetting(false)}
        />
      )}
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

function actsOnLogins(props: PlugScreenProps, plugs: Plugs): Pick<PlugActs, "logout" | "revoke"> {
  const { lab, view, acting } = props;
  return {
    logout: () =>
      void plugs.pullEach(
        "Log out",
        holding(view, lab.flows).map((flow) => ({ flow, act: acting.on(flow).logout })),
      ),
    revoke: (scope) =>
      void plugs.pullEach(
        "Revoke",
        loggedIn(view, lab.flows).map((flow) => {
          const cannot = whyNotRevoked(props, flow, scope === "all");
          return { flow, act: cannot === undefined ? () => acting.on(flow).revoke(scope) : { cannot } };
        }),
      ),
  };
}

function actsOnPeople(
  { person }: Chooser,
  admin: RequestPrincipal | undefined,
  plugs: Plugs,
): Pick<PlugActs, "changeRole" | "changeDisabled"> {
  const change = (asked: string, wish: PersonChange, now: string) => {
    if (!person || !admin) return;
    void plugs.pull(asked, () => changePerson(person.id, wish, admin.withToken), `${person.username} is ${now} now`);
  };
  return {
    changeRole: () => {
      const role = person?.role === "admin" ? "user" : "admin";
      change("Change role", { role }, role);
    },
    changeDisabled: () => {
      const disabled = person?.disabled !== true;
      change(disabled ? "Disable" : "Enable", { disabled }, disabled ? "disabled" : "enabled");
    },
  };
}

function actsOnLab(plugs: Plugs): Pick<PlugActs, "rotateKeys" | "restart" | "advance" | "chooseLifetimes"> {
  return {
    chooseLifetimes: (preset) =>
      void plugs.pull(
        "Lifetimes",
        () => chooseLifetimes(preset),
        "set for the next logins; live logins keep their ends",
      ),
    rotateKeys: (overlap) =>
      void plugs.pull(
        "Rotate keys",
        () => rotateKeys(overlap),
        overlap ? "a new key signs; the old ones still verify" : "a new key signs, and only it verifies",
      ),
    restart: () =>
      void plugs.pull(
        "Restart",
        restart,
        "the process’s memory is lost, for this lab alone; SQL, files and Redis have what they had",
      ),
    advance: (seconds, words) =>
      void plugs.pull(`Clock ${words}`, () => advanceClock(seconds), "moved; the browser’s clock did not"),
  };
}

async function reset(plugs: Plugs): Promise<void> {
  const { accepted } = await plugs.pull("Reset lab", resetLab, "a new lab is being made");
  // A new lab has a new cookie, which comes with a page.
  if (accepted) window.location.assign(window.location.pathname);
}

/** The flows with a credential in this browser. */
function holding(view: LabView, flows: readonly FlowInfo[]): readonly FlowInfo[] {
  return flows.filter((flow) => heldBy(view, flow).credentials.length > 0);
}

/** The flows with an accepted login in this browser. */
function loggedIn(view: LabView, flows: readonly FlowInfo[]): readonly FlowInfo[] {
  return flows.filter((flow) => heldBy(view, flow).login.accepted);
}

/** Why the accepted login of this flow cannot be revoked with this scope. */
function whyNotRevoked({ view, choice }: PlugScreenProps, flow: FlowInfo, all: boolean): string | undefined {
  const cannot = ruledBy(view, flow, choice.picked[flow.id])?.cannot ?? {};
  return cannot.revoke ?? (all ? undefined : cannot.revokeOne);
}

function limitsOf(props: PlugScreenProps, principal?: RequestPrincipal, admin?: RequestPrincipal): PlugLimits {
  const when = (possible: boolean, otherwise: string) => (possible ? undefined : otherwise);
  return {
    ending: when(holding(props.view, props.lab.flows).length > 0, "You are not logged in."),
    revoking: (scope) =>
      when(
        loggedIn(props.view, props.lab.flows).some((flow) => whyNotRevoked(props, flow, scope === "all") === undefined),
        "No accepted login here can be revoked this way.",
      ),
    password: when(principal !== undefined, "This needs a login. Its cookies must all belong to one person."),
    admin: when(
      admin !== undefined,
      "This needs an admin: log in as admin with JWT in memory, or log everyone else’s cookies out first.",
    ),
  };
}
