import type { Experiment, ExperimentStep } from "./experiment.ts";
import { lateAnswer, ownerExperiments } from "./owner-experiments.ts";

const everyCredential = ["access", "refresh"] as const;
const bothThieves = ["silent", "active"] as const;

const atOwnFlow = { at: "own-flow", credentials: everyCredential, thieves: bothThieves } as const;

/** The victim logs in, and the attacker copies the victim's credentials. */
const captured = [
  { actor: "victim", does: "log-in" },
  { actor: "attacker", does: "capture" },
] as const satisfies readonly ExperimentStep[];

const atOtherNode = [...captured, { actor: "attacker", does: "ask-other-node" }] as const;

/** Every experiment, as data. The manifest of a variant claims the result of each, and a test plays all of them. */
export const experiments = [
  {
    id: "client-forgets",
    title: "Client forgets",
    group: "owner",
    question: "The tab is closed, and what its page held is gone. Nobody tells the server. Does the copy still get in?",
    steps: [...captured, { actor: "victim", does: "forget", what: "page" }],
    replay: atOwnFlow,
  },
  {
    id: "browser-data-cleared",
    title: "Browser data cleared",
    group: "owner",
    question: "The owner clears cookies and storage, and looks logged out. Does the copy still get in?",
    steps: [...captured, { actor: "victim", does: "forget", what: "everything" }],
    replay: atOwnFlow,
  },
  {
    id: "replay-after-logout",
    title: "Logout",
    group: "owner",
    question: "Somebody copied the credential. Its owner logs out. Does the copy still get in?",
    requirements: ["ASVS 7.4.1", "WSTG-SESS-06"],
    steps: [...captured, { actor: "victim", does: "log-out" }],
    replay: atOwnFlow,
  },
  lateAnswer,
  {
    id: "revoke-this",
    title: "Revoke this login",
    group: "owner",
    question:
      "The owner ends the login that they are using, from the list of their logins. Does the copy still get in?",
    requirements: ["ASVS 7.5.2"],
    steps: [...captured, { actor: "victim", does: "revoke", scope: "current" }],
    replay: atOwnFlow,
  },
  {
    id: "revoke-another",
    title: "Revoke another login",
    group: "owner",
    question: "From a second browser the owner ends the login of the first one. Does a copy of that one still get in?",
    requirements: ["ASVS 7.5.2"],
    steps: [
      ...captured,
      { actor: "victim", does: "log-in-elsewhere" },
      { actor: "victim", does: "revoke", scope: "another" },
    ],
    replay: atOwnFlow,
  },
  {
    id: "revoke-others",
    title: "Revoke the others",
    group: "owner",
    question:
      "From a second browser the owner ends all logins but that one. Does a copy of the first one still get in?",
    requirements: ["ASVS 7.4.3"],
    steps: [
      ...captured,
      { actor: "victim", does: "log-in-elsewhere" },
      { actor: "victim", does: "revoke", scope: "others" },
    ],
    replay: atOwnFlow,
  },
  {
    id: "replay-after-revoke-all",
    title: "Revoke all",
    group: "owner",
    question: "The owner ends all of their logins. Does the copy still get in?",
    requirements: ["ASVS 7.4.1", "ASVS 7.5.2"],
    steps: [...captured, { actor: "victim", does: "revoke", scope: "all" }],
    replay: atOwnFlow,
  },
  {
    id: "password-change",
    title: "Password changed",
    group: "owner",
    question: "The owner changes the password, since something felt wrong. Is the thief out?",
    requirements: ["ASVS 7.4.3"],
    steps: [...captured, { actor: "victim", does: "change-password" }],
    replay: atOwnFlow,
  },
  {
    id: "admin-ends-all",
    title: "Admin ends all",
    group: "admin",
    question: "An admin ends all logins of this person. Does the copy still get in?",
    requirements: ["ASVS 7.4.5"],
    steps: [...captured, { actor: "admin", does: "revoke-all" }],
    replay: atOwnFlow,
  },
  {
    id: "user-disabled",
    title: "User disabled",
    group: "admin",
    question: "An admin disables the account. Does the copy still get in?",
    requirements: ["ASVS 7.4.2"],
    steps: [...captured, { actor: "admin", does: "disable" }],
    replay: atOwnFlow,
  },
  {
    id: "role-lowered",
    title: "Role lowered",
    group: "admin",
    question: "An admin becomes an ordinary user. With whose authority does a copy from before act?",
    requirements: ["ASVS 8.3.2"],
    steps: [
      { actor: "admin", does: "set-role", role: "admin" },
      ...captured,
      { actor: "admin", does: "set-role", role: "user" },
    ],
    replay: atOwnFlow,
  },
  {
    id: "keys-rotated",
    title: "Keys rotated",
    group: "server",
    question: "The keys are changed, and the old ones count no more. Does what they signed or sealed still get in?",
    steps: [...captured, { actor: "operator", does: "rotate-keys", overlap: false }],
    replay: atOwnFlow,
  },
  {
    id: "keys-rotated-overlap",
    title: "Keys rotated, with overlap",
    group: "server",
    question: "The keys are changed, and the ones before still verify, so that nobody is logged out. Is a thief?",
    steps: [...captured, { actor: "operator", does: "rotate-keys", overlap: true }],
    replay: atOwnFlow,
  },
  {
    id: "memory-lost",
    title: "Process memory lost",
    group: "server",
    question: "The process starts anew, with nothing in its memory. Does the copy still get in?",
    steps: [...captured, { actor: "operator", does: "lose-memory" }],
    replay: atOwnFlow,
  },
  {
    id: "second-node",
    title: "Second node asked",
    group: "server",
    question:
      "A second process of the same application is asked, which never saw this login. Is the credential good there?",
    steps: atOtherNode,
    replay: atOwnFlow,
  },
  {
    id: "logout-elsewhere",
    title: "Logout at another node",
    group: "server",
    question: "The thief is at a second process, and the owner logs out at the first. Does the second one notice?",
    requirements: ["ASVS 7.4.1"],
    steps: [...atOtherNode, { actor: "victim", does: "log-out" }],
    replay: atOwnFlow,
  },
  {
    id: "logout-elsewhere-cached",
    title: "Logout at another node, read cache on",
    group: "server",
    question: "The same, where each node believes for 5 seconds what a store said. How long is the thief in?",
    steps: [{ actor: "operator", does: "cache-reads" }, ...atOtherNode, { actor: "victim", does: "log-out" }],
    replay: atOwnFlow,
  },
  {
    id: "idle-passed",
    title: "Idle time passed",
    group: "time",
    question:
      "The owner leaves, and the idle time passes. Does the copy still get in, and does using it keep it alive?",
    steps: [...captured, { actor: "clock", does: "pass", lifetime: "idle", meanwhile: "unused" }],
    replay: atOwnFlow,
  },
  {
    id: "absolute-passed",
    title: "Absolute time passed",
    group: "time",
    question: "The owner works without a pause until the longest lifetime is over. Does the copy still get in?",
    requirements: ["ASVS 7.3.2", "WSTG-SESS-07"],
    steps: [...captured, { actor: "clock", does: "pass", lifetime: "longest", meanwhile: "used" }],
    replay: atOwnFlow,
  },
  {
    id: "other-device",
    title: "Other device",
    group: "thief",
    question: "The copy comes from another browser than the one that it was given to. Does anybody mind?",
    requirements: ["ASVS 10.3.5", "RFC 9700 2.2.1"],
    steps: [...captured, { actor: "attacker", does: "change-device" }],
    replay: atOwnFlow,
  },
  {
    id: "other-device-bound",
    title: "Other device, bound",
    group: "thief",
    question:
      "The same, where the lab holds each login to the user agent that it was given to. Does that stop the thief?",
    steps: [{ actor: "operator", does: "bind-logins" }, ...captured, { actor: "attacker", does: "change-device" }],
    replay: atOwnFlow,
  },
  ...ownerExperiments,
  {
    id: "refresh-replay",
    title: "Replay of a rotated refresh token",
    group: "thief",
    question: "A copied refresh token comes after its owner has used it, and after the grace for honest retries.",
    requirements: ["ASVS 10.4.5", "RFC 9700 2.2.2", "RFC 9700 4.14.2", "RFC 10017 refresh rotation"],
    steps: [...captured, { actor: "victim", does: "refresh" }, { actor: "clock", does: "advance", seconds: 11 }],
    replay: { at: "own-flow", credentials: ["refresh"], thieves: ["silent"] },
  },
  {
    id: "forge",
    title: "Forged",
    group: "thief",
    question:
      "The attacker has no key, and writes the credential anyway: the name of the admin, and whatever else in it can be read and rewritten.",
    requirements: ["ASVS 7.2.1", "ASVS 9.1.1", "WSTG-SESS-01"],
    steps: [...captured, { actor: "attacker", does: "forge", as: "admin" }],
    replay: { at: "own-flow", credentials: everyCredential, thieves: ["silent"] },
  },
  {
    id: "cross-flow",
    title: "Another flow's door",
    group: "thief",
    question: "A good credential of this flow is presented to every other flow, also under their names.",
    requirements: ["ASVS 9.2.2", "RFC 8725 3.12", "WSTG-SESS-08"],
    steps: captured,
    replay: { at: "other-flows", credentials: everyCredential, thieves: ["silent"] },
  },
] as const satisfies readonly Experiment[];

export function findExperiment(id: string): Experiment | undefined {
  return experiments.find((experiment) => experiment.id === id);
}
