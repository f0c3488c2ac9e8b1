import type { Story } from "../story.ts";
import { afterLogin, fourFlows } from "./four-flows.ts";

/** A new password ends a copied credential only where the server looks something up. */
export const changeThePassword: Story = {
  name: "change-the-password",
  title: "Change the password",
  words: "The usual advice, and the copies that outlive it",
  rows: fourFlows("thief"),
  mark: "new password",
  steps: [
    {
      label: "Log in",
      caption: ["alice logs in with four flows.", "Each hands her browser one credential or two."],
      shows: "panes",
      done: "alice is in with all four.",
      acts: [{ does: "log-in" }],
      check: afterLogin,
    },
    {
      label: "Steal",
      caption: ["A thief copies every credential.", "The thief never learns the password."],
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
      label: "Password",
      caption: ["alice suspects a thief.", "She changes her password. Which copies still get in?"],
      result: ["alice changed her password."],
      shows: "lanes",
      question: { about: "entry", press: "Change and reveal" },
      done: "alice has a new password.",
      event: "password-change",
      isMark: true,
      acts: [{ does: "change-password" }],
      check: {
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
      label: "Log in again",
      caption: ["alice logs in again with it.", "Which old copies still get in?"],
      result: ["alice logged in again."],
      shows: "lanes",
      question: { about: "entry", press: "Log in and reveal" },
      done: "alice is in with all four, by the new password.",
      acts: [{ does: "log-in", password: "new" }],
      check: {
        answered: { "log-in cookie": "done", "log-in memory-jwt": "done" },
        lanes: { "thief cookie access": "in", "thief memory-jwt access": "in", "thief hybrid access": "REVOKED" },
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
      caption: ["A password is asked for at a login.", "A copy is never asked for it."],
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
