import type { Story } from "../story.ts";
import { afterLogin, fourFlows } from "./four-flows.ts";

/** A copied credential outlives a logout, unless the server looks something up. */
export const logOut: Story = {
  name: "log-out",
  title: "Log out: who still gets in?",
  words: "A thief has copies, and alice logs out",
  rows: fourFlows("thief"),
  mark: "log out",
  steps: [
    {
      label: "Log in",
      caption: ["alice logs in with four flows.", "Look at what browser and server hold."],
      shows: "panes",
      done: "alice is in with all four.",
      acts: [{ does: "log-in" }],
      check: afterLogin,
    },
    {
      label: "Look",
      caption: ["alice opens a page.", "The server believes what she sends, or looks it up."],
      shows: "panes",
      done: "alice’s browser asked each flow once.",
      acts: [{ does: "ask" }],
      check: {
        answered: {
          "ask cookie": "done",
          "ask server-session": "done",
          "ask memory-jwt": "done",
          "ask hybrid": "done",
        },
      },
    },
    {
      label: "Steal",
      caption: ["A thief copies every credential.", "Each copy gets in, as alice does."],
      shows: "lanes",
      done: "the thief holds a copy of each credential.",
      acts: [{ does: "copy" }],
      check: {
        lanes: {
          "thief cookie access": "in",
          "thief server-session access": "in",
          "thief memory-jwt access": "in",
          "thief memory-jwt refresh": "in",
          "thief hybrid access": "in",
        },
      },
    },
    {
      label: "Log out",
      caption: ["The thief copied every credential.", "alice logs out. Which copies still get in?"],
      result: ["alice logged out."],
      shows: "lanes",
      question: { about: "entry", press: "Log out and reveal" },
      done: "alice logged out of all four.",
      event: "replay-after-logout",
      isMark: true,
      acts: [{ does: "log-out" }],
      check: {
        held: { cookie: 0, "server-session": 0, "memory-jwt": 0, hybrid: 0 },
        lanes: {
          "thief cookie access": "in",
          "thief server-session access": "REVOKED",
          "thief memory-jwt access": "in",
          "thief memory-jwt refresh": "REVOKED",
          "thief hybrid access": "REVOKED",
        },
      },
    },
    {
      label: "Wait",
      caption: ["Sixteen minutes pass.", "Which copies still get in now?"],
      result: ["Sixteen minutes passed."],
      shows: "lanes",
      question: { about: "entry", press: "Wait and reveal" },
      done: "the lab’s clock was moved by 16 minutes.",
      acts: [{ does: "advance", seconds: 16 * 60 }],
      check: { lanes: { "thief cookie access": "in", "thief memory-jwt access": "EXPIRED" } },
    },
    {
      label: "Why",
      caption: ["A server can refuse what it looks up.", "What it believes gets in until its end."],
      shows: "reasons",
      done: "the thief used each copy once more.",
      acts: [{ does: "use-copies" }],
      check: {
        answered: {
          "use-copies cookie": "done",
          "use-copies server-session": "REVOKED",
          "use-copies memory-jwt": "EXPIRED",
          "use-copies hybrid": "REVOKED",
        },
      },
    },
  ],
};
