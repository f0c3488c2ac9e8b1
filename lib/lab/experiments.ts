import type { Experiment } from "../core/experiment.ts";

const everyCredential = ["access", "refresh"] as const;

/** Every experiment, as data. A variant's manifest claims what each will show; a test plays them all. */
export const experiments = [
  {
    id: "replay-after-logout",
    requirements: ["ASVS 7.4.1", "WSTG-SESS-06"],
    title: "Replay after logout",
    question: "Somebody copied the credential. Its owner logs out. Does the copy still get in?",
    steps: [
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
      { actor: "victim", does: "log-out" },
    ],
    replay: { at: "own-flow", credentials: everyCredential },
  },
  {
    id: "replay-after-revoke-all",
    requirements: ["ASVS 7.4.1"],
    title: "Replay after revoke all",
    question: "The owner ends all of their logins. Does the copy still get in?",
    steps: [
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
      { actor: "victim", does: "revoke", scope: "all" },
    ],
    replay: { at: "own-flow", credentials: everyCredential },
  },
  {
    id: "refresh-replay",
    requirements: ["ASVS 10.4.5", "RFC 9700 2.2.2", "RFC 9700 4.14.2", "RFC 10017 refresh rotation"],
    title: "Replay of a rotated refresh token",
    question: "A copied refresh token comes after its owner has used it, and after the grace for honest retries.",
    steps: [
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
      { actor: "victim", does: "refresh" },
      { actor: "clock", does: "advance", seconds: 11 },
    ],
    replay: { at: "own-flow", credentials: ["refresh"] },
  },
  {
    id: "password-change",
    requirements: ["ASVS 7.4.3"],
    title: "Password change",
    question: "The owner changes the password, since something felt wrong. Is the thief out?",
    steps: [
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
      { actor: "victim", does: "change-password" },
    ],
    replay: { at: "own-flow", credentials: everyCredential },
  },
  {
    id: "role-lowered",
    requirements: ["ASVS 8.3.2"],
    title: "Role lowered",
    question: "An admin becomes an ordinary user. With whose authority does a copy from before act?",
    steps: [
      { actor: "admin", does: "set-role", role: "admin" },
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
      { actor: "admin", does: "set-role", role: "user" },
    ],
    replay: { at: "own-flow", credentials: everyCredential },
  },
  {
    id: "forge",
    requirements: ["ASVS 7.2.1", "ASVS 9.1.1", "WSTG-SESS-01"],
    title: "Forged",
    question:
      "The attacker has no key, and writes the credential anyway: the name of the admin, and whatever else in it can be read and rewritten.",
    steps: [
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
      { actor: "attacker", does: "forge", as: "admin" },
    ],
    replay: { at: "own-flow", credentials: everyCredential },
  },
  {
    id: "cross-flow",
    requirements: ["WSTG-SESS-08", "RFC 8725 3.12"],
    title: "Another flow's door",
    question: "A good credential of this flow is presented to every other flow, also under their names.",
    steps: [
      { actor: "victim", does: "log-in" },
      { actor: "attacker", does: "capture" },
    ],
    replay: { at: "other-flows", credentials: everyCredential },
  },
] as const satisfies readonly Experiment[];

export function findExperiment(id: string): Experiment | undefined {
  return experiments.find((experiment) => experiment.id === id);
}
