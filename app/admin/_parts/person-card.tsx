import type { LoginOfPerson, PersonOfLab } from "@/lib/features/admin/model.ts";
import type { PersonView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { Ago, Countdown } from "../../_ui/lab-time.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";

export type PersonActs = {
  readonly endOne: (login: LoginOfPerson) => void;
  readonly endAll: () => void;
  readonly changeDisabled: () => void;
  readonly changeRole: () => void;
};

type PersonCardProps = {
  readonly person: PersonOfLab;
  readonly flows: readonly Pick<FlowInfo, "id" | "title">[];
  readonly busy: boolean;
  readonly acts: PersonActs;
};

/** One person of the lab, their live logins, and the actions of an admin. */
export function PersonCard({ person, flows, busy, acts }: PersonCardProps) {
  const { username, displayName, logins } = person;
  const count =
    logins.length === 0 ? "no live login" : logins.length === 1 ? "1 live login" : `${logins.length} live logins`;
  return (
    <Card label={username} title={<Who person={person} />} note={count}>
      <div className="flex flex-wrap gap-1.5">
        <Button busy={busy} label={`End all: ${username}`} onPress={acts.endAll}>
          End all
        </Button>
        <Button
          busy={busy}
          label={`${person.disabled ? "Enable" : "Disable"}: ${username}`}
          onPress={acts.changeDisabled}
        >
          {person.disabled ? "Enable" : "Disable"}
        </Button>
        <Button busy={busy} label={`Make ${otherRole(person)}: ${username}`} onPress={acts.changeRole}>
          Make {otherRole(person)}
        </Button>
      </div>
      {logins.length === 0 && (
        <div className="mt-2.5">
          <EmptyNote>
            {person.disabled
              ? `${displayName} is disabled: every login that the server looks up is refused.`
              : `${displayName} has no login that the server can list.`}
          </EmptyNote>
        </div>
      )}
      {flows.map((flow) => (
        <LoginsOfFlow
          key={flow.id}
          flow={flow}
          username={username}
          logins={logins.filter((login) => login.flow === flow.id)}
          busy={busy}
          onEnd={acts.endOne}
        />
      ))}
    </Card>
  );
}

export function otherRole({ role }: Pick<PersonView, "role">): "user" | "admin" {
  return role === "admin" ? "user" : "admin";
}

function Who({ person }: { person: PersonOfLab }) {
  const pill = "rounded-badge px-1.5 text-2xs font-medium whitespace-nowrap";
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className="text-15">{person.displayName}</span>
      <span className="font-mono text-xs font-normal text-dim">{person.username}</span>
      <span className={`${pill} ${person.role === "admin" ? "bg-warn-ground text-warn" : "bg-sunk text-dim"}`}>
        {person.role}
      </span>
      {person.disabled && <span className={`${pill} bg-refused-ground text-refused`}>disabled</span>}
    </span>
  );
}

type LoginsOfFlowProps = {
  readonly flow: Pick<FlowInfo, "id" | "title">;
  readonly username: string;
  readonly logins: readonly LoginOfPerson[];
  readonly busy: boolean;
  readonly onEnd: (login: LoginOfPerson) => void;
};

function LoginsOfFlow({ flow, username, logins, busy, onEnd }: LoginsOfFlowProps) {
  if (logins.length === 0) return null;
  return (
    <div data-flow={flow.id} className="mt-3">
      <h3 className="flex items-center gap-2 text-13 font-medium text-flow">
        <FlowIcon flow={flow.id} />
        {flow.title}
      </h3>
      <ul>
        {logins.map((login) => (
          <li key={login.id} className="flex items-center gap-3 border-t border-line py-2 first:border-0">
            <LoginLines login={login} />
            <span className="ml-auto">
              <Button
                busy={busy}
                onPress={() => onEnd(login)}
                label={`End: ${username}, ${variantName(login)}, ${login.device}${login.current ? ", of this page" : ""}`}
              >
                End
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function LoginLines({ login }: { login: LoginOfPerson }) {
  return (
    <div className="min-w-0">
      <p className="text-13">
        {login.device}
        <span className="ml-2 font-mono text-xs text-dim">{variantName(login)}</span>
        {login.current && (
          <span className="ml-2 rounded-badge bg-flow-ground px-1.5 text-2xs font-medium whitespace-nowrap text-flow">
            this page’s
          </span>
        )}
      </p>
      <p className="text-xs text-dim">
        {login.ip} · seen <Ago at={login.lastSeenAt} /> · <Countdown at={login.expiresAt} lead="ends in" />
      </p>
    </div>
  );
}

function variantName({ variant }: LoginOfPerson): string {
  return variant.split("/")[1] ?? variant;
}
