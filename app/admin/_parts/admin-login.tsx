"use client";

import type { LabView, PersonView } from "@/lib/lab/lab-view.ts";
import { PasswordField } from "../../_account/choices.tsx";
import { logIn, logOut } from "../../_browser/flow-calls.ts";
import { type FlowInfo, heldBy } from "../../_browser/flow-info.ts";
import type { Lab } from "../../_browser/lab-provider.tsx";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { OutcomeLine } from "../../_ui/outcome-line.tsx";
import type { AdminActing } from "./use-admin-acts.ts";

type AdminLoginProps = { readonly lab: Lab; readonly view: LabView; readonly acting: AdminActing };

/** Shown instead of the people while no admin is logged in: it says why, and offers the way in. */
export function AdminLogin({ lab, view, acting }: AdminLoginProps) {
  const admin = view.people.find((person) => person.role === "admin" && !person.disabled);
  if (!admin) {
    return (
      <Card title="This lab has no admin any more" label="No admin">
        <p className="max-w-[70ch] text-13 text-dim">
          The last one was disabled or made a user, and only an admin could undo that. Reset the lab on the dashboard to
          get it back as it was.
        </p>
      </Card>
    );
  }
  const others = othersInJar(view, lab.flows);
  return others ? (
    <TwoPeople others={others} acting={acting} />
  ) : (
    <AdminForm lab={lab} view={view} admin={admin} acting={acting} />
  );
}

function AdminForm({ lab, admin, acting }: AdminLoginProps & { admin: PersonView }) {
  const password = lab.typed[admin.username] ?? admin.password ?? "";
  const flow = lab.flows.find(({ id }) => id === "server-session");
  return (
    <Card title="No admin is logged in here" label="No admin is logged in">
      <p className="max-w-[70ch] text-13 text-dim">
        Only an admin may see the people of a lab and their logins. The admin’s password is public in a lab, so anyone
        may use it. The button logs {admin.username} in by server session, in this browser.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <PasswordField password={password} onType={(text) => lab.type(admin.username, text)} />
        {flow && (
          <Button
            kind="primary"
            size="normal"
            busy={acting.busy}
            onPress={() =>
              void acting.run("Log in", () => logIn(flow, { username: admin.username, password, remember: false }))
            }
          >
            Log in as {admin.username}
          </Button>
        )}
      </div>
      <OutcomeLine outcome={acting.outcome} />
    </Card>
  );
}

/** A request with cookies of two people is refused (409). */
function TwoPeople({ others, acting }: { others: Others; acting: AdminActing }) {
  const names = others.names.join(" and ");
  return (
    <Card title="This browser’s cookies belong to two people" label="Two people">
      <p className="max-w-[70ch] text-13 text-dim">
        <span className="font-mono font-semibold text-refused">AMBIGUOUS_CREDENTIALS</span> An admin is logged in here,
        and so is {names}. The browser sends all cookies together, so the server refuses the request instead of
        guessing.
      </p>
      <div className="mt-3">
        <Button
          kind="primary"
          size="normal"
          busy={acting.busy}
          onPress={() =>
            void acting.run("Log out", async () => {
              const answers = await Promise.all(others.flows.map(logOut));
              return answers.find(({ ok }) => !ok) ?? { ok: true, status: 204, body: null };
            })
          }
        >
          Log {names} out of this browser
        </Button>
      </div>
      <OutcomeLine outcome={acting.outcome} />
    </Card>
  );
}

type Others = { readonly names: readonly string[]; readonly flows: readonly FlowInfo[] };

/** Other people with cookies in the same jar as an admin's. `null`: there is no admin, or no other person. */
function othersInJar(view: LabView, flows: readonly FlowInfo[]): Others | null {
  const logins = flows
    .filter(({ presents }) => presents === "cookie")
    .flatMap((flow) => {
      const { login } = heldBy(view, flow);
      return login.accepted ? [{ flow, user: login.user }] : [];
    });
  const admin = logins.find(({ user }) => user.role === "admin")?.user;
  const others = logins.filter(({ user }) => user.id !== admin?.id);
  if (!admin || others.length === 0) return null;
  return { names: [...new Set(others.map(({ user }) => user.username))], flows: others.map(({ flow }) => flow) };
}
