import { afterAll, expect, test, vi } from "vitest";
import { systemClock } from "../../adapters/system-clock.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { LessonLab } from "./lesson-lab.ts";
import { StoryPlayer } from "./play-step.ts";
import { findStory } from "./stories.ts";

// A story logs in with four flows, and each login hashes a password.
vi.setConfig({ testTimeout: 60_000 });

const app = await createTestApplication();
afterAll(() => app.dispose());

/** What a step recorded of each credential, in minutes since the mark: `thief cookie: in for 16 of 30. Why.` */
async function recorded(name: string): Promise<readonly (readonly string[])[]> {
  const story = findStory(name);
  if (!story) throw new Error(`There is no story ${name}`);
  const manifests = flows.map(({ manifest }) => manifest);
  const player = new StoryPlayer(story, await LessonLab.open(app.stage, manifests, story), systemClock);
  while (player.frames.length < story.steps.length) await player.playNext();
  await player.close();
  return player.frames.map(({ lanes }) =>
    lanes.map(
      ({ holder, name: what, code, inAfter, endsAfter, reason }) =>
        `${holder} ${what}: ${code ?? "in"}, ${inMinutes(inAfter)} of ${inMinutes(endsAfter)}. ${reason}`,
    ),
  );
}

function inMinutes(seconds: number | null): string {
  return seconds === null ? "-" : `${Math.round(seconds / 60)}`;
}

test("a frame says since when a copy was let in, until when it will be, and why", async () => {
  const frames = await recorded("log-out");
  expect(frames[2]?.[0]).toBe("thief cookie: in, - of -. Nothing has ended it so far.");
  expect(frames[3]).toEqual([
    "thief cookie: in, 0 of 30. The server kept nothing, so it has nothing to end.",
    "thief session id: REVOKED, - of -. The logout ended its row, and every request looks there.",
    "thief access token: in, 0 of 15. The server believes the signature and asks nobody else.",
    "thief refresh token: REVOKED, - of -. The logout ended its family, and every refresh looks there.",
    "thief signed cookie: REVOKED, - of -. Its signature is good, but the logout ended its row.",
  ]);
  expect(frames[4]?.slice(0, 3)).toEqual([
    "thief cookie: in, 16 of 30. The server kept nothing, so it has nothing to end.",
    "thief session id: REVOKED, - of -. The logout ended its row, and every request looks there.",
    "thief access token: EXPIRED, 0 of 15. The lab’s clock was moved past its exp.",
  ]);
});

test("a refused copy keeps the time for which it was let in, and a new login of the same person counts anew", async () => {
  const frames = await recorded("the-thief-and-the-refresh-token");
  expect(frames[3]?.[1]).toBe(
    "alice refresh token: REVOKED, 1 of -. Reuse of a refresh token ended its family, and every refresh looks there.",
  );
  expect(frames[5]).toEqual([
    "alice access token: in, 17 of 32. Nothing has ended it so far.",
    "alice refresh token: in, 17 of 10097. Nothing has ended it so far.",
    "thief access token: EXPIRED, 1 of 15. The lab’s clock was moved past its exp.",
    "thief refresh token: REVOKED, - of -. Reuse of a refresh token ended its family, and every refresh looks there.",
  ]);
});
