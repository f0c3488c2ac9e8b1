import type { Experiment, ExperimentStep } from "./experiment.ts";

const ofSessionId = {
  at: "own-flow",
  credentials: ["access", "refresh"],
  thieves: ["silent", "active"],
  of: "session-id",
} as const;

/** The owner's own browser goes on. */
const byOwner = { at: "own-flow", credentials: ["access", "refresh"], thieves: ["active"], by: "owner" } as const;

const planted = [
  { actor: "attacker", does: "plant" },
  { actor: "victim", does: "log-in" },
] as const satisfies readonly ExperimentStep[];

const sticky = [
  { actor: "operator", does: "route-sticky" },
  { actor: "victim", does: "log-in" },
] as const satisfies readonly ExperimentStep[];

/**
 * An answer that arrives after that of a logout. It is about the browser, which keeps what the last answer brings: no
 * thief and no copy is needed.
 */
export const lateAnswer = {
  id: "late-answer",
  title: "Logout, then a late answer",
  group: "owner",
  question:
    "A request that renews the login is under way while the owner logs out, and its answer arrives after the logout's. Is the browser in again?",
  requirements: ["ASVS 7.4.1"],
  steps: [
    { actor: "victim", does: "log-in" },
    // A login slides at most once a minute.
    { actor: "clock", does: "advance", seconds: 61 },
    { actor: "victim", does: "hold-back", what: "renewal" },
    { actor: "victim", does: "log-out" },
    { actor: "victim", does: "forget", what: "page" },
    { actor: "victim", does: "receive", what: "renewal" },
  ],
  replay: { at: "own-flow", credentials: ["access", "refresh"], thieves: ["silent", "active"], by: "browser" },
} as const satisfies Experiment;

/** Experiments in which it matters what the owner's own browser does: it logs in over a planted id, or it only goes on. */
export const ownerExperiments = [
  {
    id: "fixation",
    title: "Planted id",
    group: "thief",
    question:
      "The thief logs in with an account of their own, and plants that session id in the owner's browser. The owner logs in there. Does the planted id get into the owner's login?",
    requirements: ["ASVS 7.2.4", "WSTG-SESS-03"],
    steps: planted,
    replay: ofSessionId,
  },
  {
    id: "fixation-kept",
    title: "Planted id, kept",
    group: "thief",
    question:
      "The same, where a login keeps the id that came in: the fault that makes session fixation. Does the planted id get in now?",
    steps: [{ actor: "operator", does: "keep-sent-ids" }, ...planted],
    replay: ofSessionId,
  },
  {
    id: "network-changed",
    title: "Other network, bound",
    group: "use",
    question:
      "The owner's phone leaves the house and changes networks, where the lab holds each login to its address. Is the owner still in? A refusal is a false alarm.",
    steps: [
      { actor: "operator", does: "bind-logins", to: "address" },
      { actor: "victim", does: "log-in" },
      { actor: "victim", does: "change-network" },
    ],
    replay: byOwner,
  },
  {
    id: "sticky-routing",
    title: "Sticky routing",
    group: "use",
    question: "A router in front of two nodes keeps each browser to the node that it began at. Is the owner still in?",
    steps: sticky,
    replay: byOwner,
  },
  {
    id: "sticky-node-lost",
    title: "Sticky routing, node lost",
    group: "use",
    question:
      "The same, until that node ends and another one takes its place: what stood in its memory alone is gone. Is the owner still in?",
    steps: [...sticky, { actor: "operator", does: "lose-other-node" }],
    replay: byOwner,
  },
] as const satisfies readonly Experiment[];
