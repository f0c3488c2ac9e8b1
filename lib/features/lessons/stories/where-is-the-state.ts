import type { Story } from "../story.ts";
import { afterLogin, fourFlows } from "./four-flows.ts";

/** A login is kept in the browser, on the server, or in both. */
export const whereIsTheState: Story = {
  name: "where-is-the-state",
  title: "Where is the state?",
  words: "Rows, keys and an empty browser",
  rows: fourFlows("alice"),
  mark: "new keys",
  steps: [
    {
      label: "Log in",
      caption: ["alice logs in with four flows.", "Each must know her again at the next request."],
      shows: "panes",
      done: "alice is in with all four.",
      acts: [{ does: "log-in" }],
      check: { held: afterLogin.held },
    },
    {
      label: "Server",
      caption: ["alice is logged in with all four.", "For which does the server keep a row?"],
      result: ["Three flows keep a row.", "The cookie carries the whole login."],
      shows: "lanes",
      question: { about: "records", press: "Count and reveal" },
      done: "alice’s browser asked each flow, and the rows were counted.",
      acts: [{ does: "ask" }],
      check: {
        records: afterLogin.records,
        answered: { "ask cookie": "done", "ask hybrid": "done" },
      },
    },
    {
      label: "Keys",
      caption: ["The server replaces its keys at once.", "What still gets in?"],
      result: ["The server has new keys.", "Whatever needed an old one is refused."],
      shows: "lanes",
      question: { about: "entry", press: "Replace and reveal" },
      done: "the lab has new keys, and accepts no old one.",
      event: "keys-rotated",
      isMark: true,
      acts: [{ does: "rotate-keys" }],
      check: {
        lanes: {
          "alice cookie access": "INVALID_CREDENTIAL",
          "alice server-session access": "in",
          "alice memory-jwt access": "INVALID_CREDENTIAL",
          "alice memory-jwt refresh": "in",
          "alice hybrid access": "INVALID_CREDENTIAL",
        },
      },
    },
    {
      label: "Browser",
      caption: ["alice clears her browser.", "Which rows does the server keep?"],
      result: ["alice’s browser is empty.", "Every row stays, and waits for its end."],
      shows: "lanes",
      question: { about: "records", press: "Clear and reveal" },
      done: "alice’s browser holds nothing of this lab.",
      acts: [{ does: "clear-browser" }],
      check: {
        held: { cookie: 0, "server-session": 0, "memory-jwt": 0, hybrid: 0 },
        records: afterLogin.records,
      },
    },
    {
      label: "Why",
      caption: ["A row alone lets nobody in.", "A cookie without a row ends only by time."],
      shows: "reasons",
      done: "alice’s empty browser asked each flow, and none knew her.",
      acts: [{ does: "ask" }],
      check: {
        answered: {
          "ask cookie": "NO_CREDENTIAL",
          "ask server-session": "NO_CREDENTIAL",
          "ask memory-jwt": "NO_CREDENTIAL",
          "ask hybrid": "NO_CREDENTIAL",
        },
      },
    },
  ],
};
