import { changeThePassword } from "./stories/change-the-password.ts";
import { logOut } from "./stories/log-out.ts";
import { theThiefAndTheRefreshToken } from "./stories/the-thief-and-the-refresh-token.ts";
import { whereIsTheState } from "./stories/where-is-the-state.ts";
import type { Story } from "./story.ts";

/** The lessons, in the order in which they are told. */
export const stories: readonly Story[] = [logOut, whereIsTheState, theThiefAndTheRefreshToken, changeThePassword];

export function findStory(name: string): Story | undefined {
  return stories.find((story) => story.name === name);
}
