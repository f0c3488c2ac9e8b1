import type { StoryRow } from "../model.ts";
import type { Story } from "../story.ts";

const flow = "memory-jwt";

const rows: readonly StoryRow[] = [
  { title: "alice’s access", flow, holder: "alice", credentials: ["access"] },
  { title: "alice’s refresh", flow, holder: "alice", credentials: ["refresh"] },
  { title: "Thief’s access", flow, holder: "thief", credentials: ["access"] },
  { title: "Thief’s refresh", flow, holder: "thief", credentials: ["refresh"] },
];

/** A rotated refresh token that comes back ends its family, for thief and owner alike (RFC 9700 §4.14.2). */
export const theThiefAndTheRefreshToken: Story = {
  name: "the-thief-and-the-refresh-token",
  title: "The thief and the refresh token",
  words: "A used token comes back, and ends its family",
  rows,
  mark: "refresh",
  steps: [
    {
      label: "Log in",
      caption: ["alice logs in and gets two tokens.", "One proves who asks, the other renews it."],
      shows: "panes",
      done: "alice is in, with an access and a refresh token.",
      acts: [{ does: "log-in" }],
      check: { held: { [flow]: 2 }, records: { [flow]: 1 } },
    },
    {
      label: "Steal",
      caption: ["A thief copies both tokens.", "Now two people hold each of them."],
      shows: "lanes",
      done: "the thief holds a copy of both tokens.",
      acts: [{ does: "copy" }],
      check: { lanes: { "thief memory-jwt access": "in", "thief memory-jwt refresh": "in" } },
    },
    {
      label: "Refresh",
      caption: ["alice’s page refreshes, and a minute passes.", "Which tokens get in now?"],
      result: ["alice has two new tokens."],
      shows: "lanes",
      question: { about: "entry", press: "Refresh and reveal" },
      done: "alice exchanged her refresh token, a minute ago.",
      isMark: true,
      acts: [{ does: "refresh" }, { does: "advance", seconds: 60 }],
      check: {
        sinceMark: 60,
        answered: { "refresh memory-jwt": "done" },
        lanes: {
          "alice memory-jwt access": "in",
          "alice memory-jwt refresh": "in",
          "thief memory-jwt access": "in",
          "thief memory-jwt refresh": "REVOKED",
        },
      },
    },
    {
      label: "Replay",
      caption: ["The thief sends the used refresh token.", "Which tokens get in after that?"],
      result: ["The server saw a used token, and ended its family."],
      shows: "lanes",
      question: { about: "entry", press: "Send it and reveal" },
      done: "the thief was refused, and the family is ended.",
      acts: [{ does: "replay-refresh" }],
      check: {
        answered: { "replay-refresh memory-jwt": "REUSE_DETECTED" },
        lanes: {
          "alice memory-jwt access": "in",
          "alice memory-jwt refresh": "REVOKED",
          "thief memory-jwt access": "in",
          "thief memory-jwt refresh": "REVOKED",
        },
      },
    },
    {
      label: "Wait",
      caption: ["Sixteen minutes pass.", "Which tokens get in now?"],
      result: ["Sixteen minutes passed."],
      shows: "lanes",
      question: { about: "entry", press: "Wait and reveal" },
      done: "the lab’s clock was moved by 16 minutes.",
      acts: [{ does: "advance", seconds: 16 * 60 }],
      check: { lanes: { "alice memory-jwt access": "EXPIRED", "thief memory-jwt access": "EXPIRED" } },
    },
    {
      label: "Why",
      caption: [
        "alice logs in again. The thief’s access token is refused.",
        "The family ended early, the access token late.",
      ],
      shows: "reasons",
      done: "alice is in again, and the thief’s copy was refused.",
      acts: [{ does: "log-in" }, { does: "use-copies" }],
      check: {
        answered: { "log-in memory-jwt": "done", "use-copies memory-jwt": "EXPIRED" },
        lanes: { "alice memory-jwt access": "in", "alice memory-jwt refresh": "in" },
      },
    },
  ],
};
