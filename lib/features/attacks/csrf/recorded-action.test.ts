import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { type ActionPlay, actionSenders, forwardedHost, hasActed } from "./model.ts";
import recording from "./recorded-action.json" with { type: "json" };

const recorded: ActionPlay = recording;
const origin = "http://localhost:3000";
const statusOf = (id: string) => {
  const found = recorded.senders.find((each) => each.id === id);
  if (!found) throw new Error(`${id} was not played`);
  return found;
};

test("the Server Action was played by every sender, in the Next.js that is installed: else run scripts/record/record-server-action.ts", () => {
  expect(recorded.next).toBe(createRequire(import.meta.url)("next/package.json").version);
  expect(recorded.senders.map(({ id }) => id)).toEqual(actionSenders.map(({ id }) => id));
});

/** As the page says it. */
function nextRefuses(sent: string | null, host: string): boolean {
  if (sent === null) return false;
  return sent === "null" || new URL(sent).host !== host;
}

test.for(actionSenders)("a Server Action compares the host of Origin with its own: $title", ({ id, originAt }) => {
  const { action, behindProxy, handler } = statusOf(id);
  expect(hasActed(action)).toBe(!nextRefuses(originAt(origin), new URL(origin).host));
  expect(hasActed(behindProxy)).toBe(!nextRefuses(originAt(origin), forwardedHost));
  expect(hasActed(handler)).toBe(true);
});

test("a proxy that forwards another host makes a Server Action refuse the application's own page", () => {
  expect([statusOf("own").action, statusOf("own").behindProxy]).toEqual([303, 500]);
});
