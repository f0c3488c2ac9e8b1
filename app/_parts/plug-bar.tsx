"use client";

import Check from "lucide-react/icons/check";
import { type ReactNode, useId } from "react";
import type { PlugKind } from "@/lib/lab/feed/plug.ts";
import type { PersonView } from "@/lib/lab/lab-view.ts";
import { scopes } from "../_account/flow-actions.tsx";
import type { RevokeScope } from "../_browser/flow-acts.ts";
import { Button } from "../_ui/controls/button.tsx";
import { Menu, MenuItem, ringed } from "../_ui/controls/menu.tsx";

export type PlugActs = {
  readonly logout: () => void;
  readonly revoke: (scope: RevokeScope) => void;
  readonly changePassword: () => void;
  readonly changeRole: () => void;
  readonly changeDisabled: () => void;
  readonly rotateKeys: (overlap: boolean) => void;
  readonly restart: () => void;
  readonly advance: (seconds: number, words: string) => void;
};

/** Why a plug cannot be pulled now, and what helps. */
export type Limit = { readonly why: string; readonly help: { readonly words: string; readonly act: () => void } };

/** Why some of the plugs cannot be pulled now. */
export type PlugLimits = Readonly<Record<"ending" | "revoking" | "password" | "role" | "disabled", Limit | undefined>>;

type PlugBarProps = {
  readonly person: PersonView | undefined;
  readonly limits: PlugLimits;
  readonly acts: PlugActs;
  readonly busy: boolean;
  /** What was pulled last, as the heading tells it. It is ringed and ticked. */
  readonly pulled: PlugKind | undefined;
  /** Called with the reason if a plug is pressed that cannot be pulled. */
  readonly onLimit: (limit: Limit) => void;
};

/** Buttons for events that should end a login, by who causes them. Each acts on all flows at once. */
export function PlugBar({ person, limits, acts, busy, pulled, onLimit }: PlugBarProps) {
  const plug = { busy, pulled, onLimit };
  return (
    <>
      <PlugGroup title="The owner">
        <Plug {...plug} kinds={["log-out"]} limit={limits.ending} onPull={acts.logout}>
          Log out
        </Plug>
        <Revoke {...plug} limits={limits} onRevoke={acts.revoke} />
        <Plug {...plug} kinds={["change-password"]} limit={limits.password} onPull={acts.changePassword}>
          Change password
        </Plug>
      </PlugGroup>
      {person && (
        <PlugGroup title="An admin">
          {/* After a change the button does the opposite: the tick would stand at what was not done. */}
          <Plug
            {...plug}
            kinds={[person.role === "admin" ? "lower-role" : "raise-role"]}
            limit={limits.role}
            onPull={acts.changeRole}
          >
            {person.role === "admin" ? "Lower role" : "Raise role"}
          </Plug>
          <Plug
            {...plug}
            kinds={person.disabled ? [] : ["disable"]}
            limit={limits.disabled}
            onPull={acts.changeDisabled}
          >
            {person.disabled ? "Enable" : "Disable"}
          </Plug>
        </PlugGroup>
      )}
      <PlugGroup title="The server">
        <RotateKeys busy={busy} pulled={pulled} onRotate={acts.rotateKeys} />
        <Plug {...plug} kinds={["restart"]} limit={undefined} onPull={acts.restart}>
          Restart
        </Plug>
      </PlugGroup>
      <PlugGroup title="Time">
        {clockMoves.map(({ words, seconds }) => (
          <Plug
            key={words}
            {...plug}
            pulled={undefined}
            kinds={[]}
            limit={undefined}
            onPull={() => acts.advance(seconds, words)}
          >
            {words}
          </Plug>
        ))}
      </PlugGroup>
    </>
  );
}

const clockMoves = [
  { words: "+1 min", seconds: 60 },
  { words: "+15 min", seconds: 15 * 60 },
  { words: "+8 h", seconds: 8 * 60 * 60 },
];

/** A labelled group of controls. */
export function PlugGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs text-dim">{title}</legend>
      <div className="flex flex-wrap items-center gap-1.5">{children}</div>
    </fieldset>
  );
}

type PlugProps = Pick<PlugBarProps, "busy" | "pulled" | "onLimit"> & {
  readonly kinds: readonly PlugKind[];
  readonly limit: Limit | undefined;
  readonly onPull: () => void;
  readonly children: ReactNode;
};

/** The pulled one is ringed and ticked. One that cannot be pulled says why when it is pressed. */
function Plug({ kinds, limit, onPull, busy, pulled, onLimit, children }: PlugProps) {
  const isPulled = pulled !== undefined && kinds.includes(pulled);
  return (
    <Button
      size="plug"
      busy={busy}
      faint={limit !== undefined}
      className={isPulled ? ringed : ""}
      onPress={() => (limit ? onLimit(limit) : onPull())}
    >
      {isPulled && <Check className="size-3.5" aria-label="Pulled:" />}
      {children}
    </Button>
  );
}

type RevokeProps = Pick<PlugBarProps, "busy" | "pulled" | "onLimit" | "limits"> & {
  readonly onRevoke: (scope: RevokeScope) => void;
};

function Revoke({ busy, pulled, limits, onLimit, onRevoke }: RevokeProps) {
  const id = useId();
  const isPulled = pulled?.startsWith("revoke-") === true;
  return (
    <Menu
      look="plug"
      from="start"
      id={id}
      busy={busy}
      pulled={isPulled}
      button={
        <>
          {isPulled && <Check className="size-3.5" aria-label="Pulled:" />}
          Revoke
        </>
      }
    >
      {scopes.map(({ scope, label, says }) => (
        <MenuItem
          key={scope}
          words={label}
          closes={id}
          onPress={() => (limits.revoking ? onLimit(limits.revoking) : onRevoke(scope))}
        >
          {says}
        </MenuItem>
      ))}
    </Menu>
  );
}

type RotateProps = Pick<PlugBarProps, "busy" | "pulled"> & { readonly onRotate: (overlap: boolean) => void };

function RotateKeys({ busy, pulled, onRotate }: RotateProps) {
  const id = useId();
  const isPulled = pulled === "rotate-keys";
  return (
    <Menu
      look="plug"
      from="start"
      id={id}
      busy={busy}
      pulled={isPulled}
      button={
        <>
          {isPulled && <Check className="size-3.5" aria-label="Pulled:" />}
          Rotate keys
        </>
      }
    >
      <MenuItem words="With overlap" onPress={() => onRotate(true)} closes={id}>
        New credentials get a new key. The old keys still verify, so all logins go on.
      </MenuItem>
      <MenuItem words="At once" onPress={() => onRotate(false)} closes={id}>
        Only the new key verifies. Credentials signed or sealed before are refused.
      </MenuItem>
    </Menu>
  );
}
