"use client";

import { useState } from "react";
import type { LoginOfPerson, PersonOfLab } from "@/lib/features/admin/model.ts";
import type { Answer } from "../../_browser/api.ts";
import { changePerson, type PersonChange } from "../../_browser/lab-calls.ts";
import type { Lab } from "../../_browser/lab-provider.tsx";
import { unansweredWords } from "../../_browser/unanswered-words.ts";
import { outcomeOf } from "../../_browser/use-flow-acts.ts";
import type { Outcome } from "../../_ui/outcome-line.tsx";
import { endAllOf, endOneOf, type RevokedAnswer } from "./admin-calls.ts";
import { otherRole, type PersonActs } from "./person-card.tsx";

export type AdminActing = {
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly run: <T>(asked: string, call: () => Promise<Answer<T>>, tell?: (body: T) => string) => Promise<void>;
  readonly on: (person: PersonOfLab, withToken: boolean) => PersonActs;
};

/** The actions of an admin on this page. They run one at a time, and the page is read again after each. */
export function useAdminActs(lab: Lab, reread: () => Promise<unknown>): AdminActing {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function run<T>(asked: string, call: () => Promise<Answer<T>>, tell?: (body: T) => string): Promise<void> {
    setBusy(true);
    const answer = await call();
    await Promise.all([lab.reread(), reread().catch(() => undefined)]);
    setOutcome(outcomeOf(asked, answer, tell));
    setBusy(false);
  }

  function on(person: PersonOfLab, withToken: boolean): PersonActs {
    const { id, username } = person;
    const change = (asked: string, wish: PersonChange, now: string) =>
      void run(
        asked,
        () => changePerson(id, wish, withToken),
        () => `${username} is ${now} now`,
      );
    return {
      endOne: ({ flow, id: session }: LoginOfPerson) =>
        void run(
          "End",
          () => endOneOf({ user: id, flow, session }, withToken),
          (body) => ended(body, username),
        ),
      endAll: () =>
        void run(
          "End all",
          () => endAllOf(id, withToken),
          (body) => ended(body, username),
        ),
      changeDisabled: () =>
        person.disabled
          ? change("Enable", { disabled: false }, "enabled; old logins stay ended")
          : change("Disable", { disabled: true }, "disabled"),
      changeRole: () => change(`Make ${otherRole(person)}`, { role: otherRole(person) }, otherRole(person)),
    };
  }

  return { busy, outcome, run, on };
}

function ended({ revoked, cannot, unanswered = [] }: RevokedAnswer, username: string): string {
  const logins = revoked === 1 ? "1 login" : `${revoked} logins`;
  const but = cannot.length === 0 ? "" : `; those of ${cannot.join(", ")} cannot be ended`;
  return `${logins} of ${username} ended${but}${unansweredWords(unanswered)}`;
}
