import type { LabView } from "@/lib/lab/lab-view.ts";
import type { Answer } from "../_browser/api.ts";
import type { Chooser } from "../_browser/choice.ts";
import { type FlowInfo, heldBy } from "../_browser/flow-info.ts";
import {
  advanceClock,
  changePerson,
  type PersonChange,
  personCall,
  restart,
  rotateKeys,
} from "../_browser/lab-calls.ts";
import type { Lab } from "../_browser/lab-provider.tsx";
import { adminPrincipal, type RequestPrincipal } from "../_browser/request-principal.ts";
import { type FlowActing, revokeWords } from "../_browser/use-flow-acts.ts";
import type { Plugs } from "../_browser/use-plugs.ts";
import type { LabDevices } from "../_devices/use-devices.ts";
import type { Limit, PlugActs, PlugLimits } from "./plug-bar.tsx";

export type PlugScreenProps = {
  readonly lab: Lab;
  readonly view: LabView;
  readonly choice: Chooser;
  readonly acting: FlowActing;
  readonly plugs: Plugs;
  readonly devices: LabDevices;
};

/** What each plug does. */
export function plugActs(props: PlugScreenProps): Omit<PlugActs, "changePassword"> {
  const admin = adminPrincipal(props.view, props.lab.flows);
  return {
    ...actsOnLogins(props),
    ...actsOnPeople(props, (id, wish) => changePerson(id, wish, admin?.withToken === true)),
    ...actsOnLab(props),
  };
}

function actsOnLogins({ lab, view, acting, plugs }: PlugScreenProps): Pick<PlugActs, "logout" | "revoke"> {
  return {
    logout: () =>
      void plugs.pullEach(
        "Log out",
        holding(view, lab.flows).map((flow) => ({ flow, act: acting.on(flow).logout })),
      ),
    revoke: (scope) =>
      void plugs.pullEach(
        revokeWords[scope],
        // Also where the server cannot: its refusal is the lesson.
        loggedIn(view, lab.flows).map((flow) => ({ flow, act: () => acting.on(flow).revoke(scope) })),
      ),
  };
}

/** How a change of a person is sent: from this browser, or from an admin's own computer. */
type SendChange = (id: string, wish: PersonChange) => Promise<Answer<unknown>>;

function actsOnPeople(
  { choice: { person }, plugs }: PlugScreenProps,
  send: SendChange,
): Pick<PlugActs, "changeRole" | "changeDisabled"> {
  const change = (asked: string, wish: PersonChange, now: string) => {
    if (!person) return;
    void plugs.pull(asked, () => send(person.id, wish), `${person.username} is ${now} now`);
  };
  return {
    changeRole: () => {
      const role = person?.role === "admin" ? "user" : "admin";
      change(role === "admin" ? "Raise role" : "Lower role", { role }, role);
    },
    changeDisabled: () => {
      const disabled = person?.disabled !== true;
      change(disabled ? "Disable" : "Enable", { disabled }, disabled ? "disabled" : "enabled");
    },
  };
}

function actsOnLab({ plugs }: PlugScreenProps): Pick<PlugActs, "rotateKeys" | "restart" | "advance"> {
  return {
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

/** The flows with a credential in this browser. */
function holding(view: LabView, flows: readonly FlowInfo[]): readonly FlowInfo[] {
  return flows.filter((flow) => heldBy(view, flow).credentials.length > 0);
}

/** The flows with an accepted login in this browser. */
function loggedIn(view: LabView, flows: readonly FlowInfo[]): readonly FlowInfo[] {
  return flows.filter((flow) => heldBy(view, flow).login.accepted);
}

/** Why some plugs cannot be pulled by this browser now, and what helps. */
export function limitsOf(props: PlugScreenProps, principal: RequestPrincipal | undefined): PlugLimits {
  const { view, lab, acting, choice, devices } = props;
  const when = (possible: boolean, why: string, help: Limit["help"]) => (possible ? undefined : { why, help });
  const login = {
    words: "Log in with all",
    act: () => void Promise.all(lab.flows.map((flow) => acting.on(flow).login())),
  };
  const isAdmin = adminPrincipal(view, lab.flows) !== undefined;
  const byAdmin = actsOnPeople(props, (id, wish) => devices.asAdmin(...personCall(id, wish)));
  const needsAdmin = (act: () => void) =>
    when(isAdmin, `Only an admin can do this to ${choice.person?.username ?? "a person"}, and this browser is none.`, {
      words: "Do it as admin",
      act,
    });
  return {
    ending: when(holding(view, lab.flows).length > 0, "No login in this browser.", login),
    revoking: when(loggedIn(view, lab.flows).length > 0, "Revoking needs a login that is accepted.", login),
    password: when(principal !== undefined, "This needs a login. Its cookies must all belong to one person.", login),
    role: needsAdmin(byAdmin.changeRole),
    disabled: needsAdmin(byAdmin.changeDisabled),
  };
}
