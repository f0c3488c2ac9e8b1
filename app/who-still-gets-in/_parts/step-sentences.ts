import { duration, second } from "@/lib/core/time.ts";
import type { ExperimentStep } from "@/lib/lab/experiment.ts";

type Does = ExperimentStep["does"];
type StepThat<D extends Does> = Extract<ExperimentStep, { does: D }>;

/** What its actor does in a step, as it follows the actor's name. */
const words: { readonly [D in Does]: (step: StepThat<D>) => string } = {
  "log-in": () => "logs in",
  "log-in-elsewhere": () => "logs in from a second browser",
  "log-out": () => "logs out",
  revoke: ({ scope }) => ends[scope],
  refresh: () => "refreshes",
  "hold-back": () => "sends a request whose answer is late",
  receive: () => "gets the late answer",
  "change-password": () => "changes the password",
  forget: ({ what }) => (what === "page" ? "closes the tab" : "clears cookies and storage"),
  capture: () => "copies what the victim holds",
  "change-device": () => "uses another device",
  "ask-other-node": () => "asks another node",
  "change-network": () => "moves to another network",
  plant: () => "logs in, and plants that session id",
  forge: ({ as }) => `rewrites the copy to name ${as}`,
  "set-role": ({ role }) => `makes the victim ${role === "admin" ? "an admin" : "a user"}`,
  "revoke-all": () => "ends all of the victim’s logins",
  disable: () => "disables the victim",
  "rotate-keys": ({ overlap }) => `rotates the keys, ${overlap ? "with" : "without"} overlap`,
  "lose-memory": () => "restarts the process, which loses its memory",
  "bind-logins": ({ to }) => `binds logins to their ${to ?? "user agent"}`,
  "keep-sent-ids": () => "lets a login keep the session id that came in",
  "cache-reads": () => "has each node believe for 5 s what a store said",
  "route-sticky": () => "keeps each browser to one node",
  "lose-other-node": () => "loses that node",
  advance: ({ seconds }) => `goes on by ${duration(seconds * second)}`,
  pass: ({ lifetime, meanwhile }) =>
    `passes the ${lifetime === "idle" ? "idle" : "last"} end of the login, which is ${meanwhile}`,
};

const ends: Readonly<Record<StepThat<"revoke">["scope"], string>> = {
  current: "ends this login",
  another: "ends the first browser’s login",
  others: "ends all logins but this one",
  all: "ends all logins",
};

/** `logs in from a second browser`. */
export function stepWords<D extends Does>(step: StepThat<D> & { readonly does: D }): string {
  return words[step.does](step);
}
