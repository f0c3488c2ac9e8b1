import { expect, test } from "vitest";
import type { HeldView, LabView } from "@/lib/lab/lab-view.ts";
import { judgeLab, type KnownLab } from "./lab-news.ts";

const accepted: HeldView["login"] = {
  accepted: true,
  user: { id: "a", username: "alice", displayName: "Alice", role: "user" },
  variant: "server-session/sql",
  issuedAt: "",
  expiresAt: "",
  ends: {},
  recordId: null,
};
const refused: HeldView["login"] = { accepted: false, code: "INVALID_CREDENTIAL" };
const none: HeldView["login"] = { accepted: false, code: "NO_CREDENTIAL" };

/** A lab that was made on that day, lives for a day, and is looked at on another one. */
function seenOn(day: number, made: number, held: Readonly<Record<string, HeldView["login"]>>, id = "lab"): LabView {
  const date = (of: number) => `2026-01-0${of}T00:00:00.000Z`;
  const credential = { name: "c", value: "v", bytes: 2, decoded: null, warnings: [], recordId: null };
  return {
    lab: { id, madeAt: date(made), expiresAt: date(made + 1) },
    clock: { now: date(day), systemNow: date(day), offsetSeconds: 0 },
    held: Object.fromEntries(
      Object.entries(held).map(([flow, login]) => [
        flow,
        { login, credentials: login === none ? [] : [credential], records: [], unanswered: [] },
      ]),
    ),
  } as unknown as LabView;
}

/** The last of several answers, each judged by what the page remembers. */
function judged(...views: readonly LabView[]) {
  let known: KnownLab | null = null;
  let last: ReturnType<typeof judgeLab> | undefined;
  for (const view of views) {
    last = judgeLab(known, view);
    known = JSON.parse(JSON.stringify(last.known));
  }
  return last?.news;
}

/** Made anew before the first one’s end. */
const again = 2;
const loggedIn = seenOn(1, 1, { cookie: accepted, hybrid: accepted, "server-session": none });

test("a lab that goes on is no news, also where a login is refused", () => {
  expect(judged(loggedIn)).toBeNull();
  expect(judged(loggedIn, seenOn(1, 1, { cookie: refused, hybrid: accepted }))).toBeNull();
});

test("a lost database is told as a new lab, with the logins that are of the one before", () => {
  const lost = seenOn(1, again, { cookie: refused, hybrid: refused, "server-session": none });
  expect(judged(loggedIn, lost)).toEqual({ endedAt: null, flows: ["cookie", "hybrid"] });
});

test("a lab that ended is told with the time of its end, also to a page that holds no login", () => {
  const ended = seenOn(3, 3, { cookie: refused, hybrid: none });
  expect(judged(loggedIn, ended)).toEqual({ endedAt: "2026-01-02T00:00:00.000Z", flows: ["cookie"] });
  expect(judged(seenOn(1, 1, { cookie: none }), seenOn(3, 3, { cookie: none }))).toEqual({
    endedAt: "2026-01-02T00:00:00.000Z",
    flows: [],
  });
});

test("the news is over once no login of the lab before is held and one of the new lab is accepted", () => {
  const half = seenOn(1, again, { cookie: accepted, hybrid: refused });
  expect(judged(loggedIn, half)?.flows).toEqual(["hybrid"]);
  expect(judged(loggedIn, half, seenOn(1, again, { cookie: accepted, hybrid: none }))).toBeNull();
  expect(judged(loggedIn, seenOn(3, 3, { cookie: accepted, hybrid: none }))).toBeNull();
});

test("another lab of this browser is no news of the one before", () => {
  expect(judged(loggedIn, seenOn(1, 2, { cookie: refused }, "another"))).toBeNull();
});

test("a page without a login does not take a lab that is made anew for a lost one", () => {
  expect(judged(seenOn(1, 1, { cookie: none }), seenOn(1, 2, { cookie: none }))).toBeNull();
});
