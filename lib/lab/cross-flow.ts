import type { Claim } from "../core/experiment.ts";
import type { FlowManifest } from "../core/flow.ts";
import type { Cast } from "./actors.ts";
import type { Reply } from "./device.ts";

/**
 * Presents a credential of one flow to every other: under the other's cookie name and as its bearer
 * token, as it is and with the variant in its address changed to theirs. Answers the most telling reply:
 * one that got in, else one with an unexpected code, else INVALID_CREDENTIAL.
 */
export async function replayAtOtherFlows(
  cast: Cast,
  own: FlowManifest,
  manifests: readonly FlowManifest[],
  credential: Claim["credential"],
): Promise<Reply> {
  const value = captured(cast, own, credential);
  const replies: Reply[] = [];
  for (const other of manifests.filter(({ id }) => id !== own.id)) {
    for (const text of [value, readdressed(value, other)]) replies.push(...(await present(cast, other, text)));
  }
  return mostTelling(replies);
}

/** One that got in, else one with an unexpected code, else INVALID_CREDENTIAL. */
export function mostTelling(replies: readonly Reply[]): Reply {
  const telling = replies.find(({ code }) => !code) ?? replies.find(({ code }) => code !== "INVALID_CREDENTIAL");
  const [usual] = replies;
  if (!usual) throw new Error("There was nothing to present, or nobody to present it to");
  return telling ?? usual;
}

function captured(cast: Cast, own: FlowManifest, credential: Claim["credential"]): string {
  const { cookies, accessToken } = cast.captured;
  const held = credential === "access" && own.presents === "bearer" ? accessToken : [...cookies.values()][0];
  if (!held) throw new Error(`Nothing was captured as ${credential} of ${own.id}`);
  return held;
}

async function present(cast: Cast, other: FlowManifest, value: string): Promise<readonly Reply[]> {
  const [cookie] = other.cookies;
  const holding = cookie ? cast.device([[cookie.name, value]]) : cast.device();
  if (other.presents === "cookie") return [await holding.send("GET", `/api/${other.id}/me`)];
  return [
    await cast.device([], value).send("GET", `/api/${other.id}/me`),
    await holding.send("POST", `/api/${other.id}/refresh`),
  ];
}

/** `<lab>.<variant>.…` with the other flow's variant. A token's address is signed, so changing it only breaks it. */
function readdressed(value: string, other: FlowManifest): string {
  const [lab, , ...rest] = value.split(".");
  return [lab, other.defaults.lab.split("/")[1], ...rest].join(".");
}
