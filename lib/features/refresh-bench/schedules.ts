import type { BenchAct, BenchPhase, RefreshSchedule } from "./model.ts";

const copy: BenchAct = { actor: "thief", does: "copy" };
const thief: BenchAct = { actor: "thief", does: "refresh" };
const replayFirst: BenchAct = { actor: "thief", does: "replay-first" };
const tab = (number: 1 | 2 | 3): BenchAct => ({ actor: `tab-${number}`, does: "refresh" });
const logOut: BenchAct = { actor: "tab-2", does: "log-out" };
const revokeAll: BenchAct = { actor: "tab-2", does: "revoke-all" };

const then = (act: BenchAct, waitSeconds?: number): BenchPhase => ({
  together: [act],
  ...(waitSeconds !== undefined && { waitSeconds }),
});

/** As often as an access token ends, and a page renews it. */
const nextRefresh = 15 * 60;
/** Well after any grace for honest retries. */
const late = 60;
const usual = { retryAfterSeconds: 2, thiefFollowsSeconds: late };

/** What may happen to a refresh token. In each phase the order, call by call, is the seed's. */
export const refreshSchedules: readonly RefreshSchedule[] = [
  {
    id: "two-tabs",
    title: "Two tabs at once",
    question: "Two tabs of one browser find their access token expired and refresh with the same cookie.",
    phases: [{ together: [tab(1), tab(2)] }],
    ...usual,
  },
  {
    id: "three-tabs",
    title: "Three tabs at once",
    question: "The same with three: a browser that wakes up with its windows restored.",
    phases: [{ together: [tab(1), tab(2), tab(3)] }],
    ...usual,
  },
  {
    id: "answer-lost",
    title: "Answer lost",
    question: "The server has exchanged the token, the answer never arrives, and the tab asks again two seconds later.",
    phases: [{ together: [tab(1)], fault: "answer-lost" }],
    ...usual,
  },
  {
    id: "answer-lost-late",
    title: "Answer lost, asked late",
    question: "The same, but the lid was closed in between: the tab asks again half a minute later.",
    phases: [{ together: [tab(1)], fault: "answer-lost" }],
    ...usual,
    retryAfterSeconds: 30,
  },
  {
    id: "crash",
    title: "Crash on the way",
    question: "The process dies with a refresh in hand, at any call to its store, and the tab asks the next process.",
    phases: [{ together: [tab(1)], fault: "crash" }],
    ...usual,
  },
  {
    id: "restart-empty",
    title: "Restart of a store in memory",
    question: "The tokens were in the memory of the process only, and it is started anew between two refreshes.",
    phases: [then(tab(1)), { together: [], fault: "restart-empty" }, then(tab(1), late)],
    ...usual,
  },
  {
    id: "theft-before",
    title: "Theft, thief first",
    question: "The thief uses the copy before its owner has used the token.",
    phases: [then(copy), then(thief), then(tab(1), nextRefresh)],
    ...usual,
  },
  {
    id: "theft-late",
    title: "Theft, thief later",
    question: "The owner has refreshed, and the thief comes with the old token a minute later.",
    phases: [then(copy), then(tab(1)), then(thief, late)],
    ...usual,
  },
  {
    id: "theft-in-grace",
    title: "Theft, within the grace",
    question: "The owner has refreshed, and the thief comes with the old token three seconds later.",
    phases: [then(copy), then(tab(1)), then(thief, 3)],
    ...usual,
  },
  {
    id: "theft-race",
    title: "Theft, at the same time",
    question: "Thief and owner present the same token at the same moment.",
    phases: [then(copy), { together: [tab(1), thief] }],
    ...usual,
  },
  {
    id: "keeps-pace",
    title: "A thief who keeps pace",
    question: "The thief knows the owner's rhythm, and comes three seconds after each of the owner's refreshes.",
    phases: [then(copy), then(tab(1)), then(thief, 3), then(tab(1), nextRefresh), then(thief, 3)],
    ...usual,
    thiefFollowsSeconds: 3,
  },
  {
    id: "same-second",
    title: "Theft, same millisecond",
    question: "Owner and thief one after the other, while the clock stands still: do times decide, or the order?",
    phases: [then(copy), then(tab(1)), then(thief)],
    ...usual,
    frozen: true,
  },
  {
    id: "theft-restart",
    title: "Theft, with a restart between",
    question: "The owner refreshes, the process restarts, the thief comes: who still knows that the token was used?",
    phases: [then(copy), then(tab(1)), { together: [], fault: "restart" }, then(thief, late)],
    ...usual,
  },
  {
    id: "logout-race",
    title: "Refresh against logout",
    question: "One tab refreshes while another logs out; the first one tries again afterwards.",
    phases: [{ together: [tab(1), logOut] }, then(tab(1), 1)],
    ...usual,
  },
  {
    id: "revoke-race",
    title: "Thief against revocation",
    question: "The thief refreshes while the owner revokes everything, and tries the copy again a second later.",
    phases: [then(copy), { together: [revokeAll, thief] }, then(replayFirst, 1)],
    ...usual,
  },
  {
    id: "revoke-same-second",
    title: "Revocation, same millisecond",
    question: "Refresh, revocation and the thief's old token one after the other, while the clock stands still.",
    phases: [then(copy), then(tab(1)), then(revokeAll), then(thief)],
    ...usual,
    frozen: true,
  },
  {
    id: "after-breach",
    title: "Theft seen, and then again",
    question: "An old copy came back and its family was ended. A second later comes a copy of the token used last.",
    phases: [then(copy), then(tab(1)), then(copy, nextRefresh), then(tab(1)), then(replayFirst, 1), then(thief, 1)],
    ...usual,
  },
];

export function findSchedule(id: string): RefreshSchedule | undefined {
  return refreshSchedules.find((each) => each.id === id);
}
