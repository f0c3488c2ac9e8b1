import { afterAll, beforeAll, expect, test } from "vitest";
import { type CredentialKind, holdingOf } from "../../core/credential.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { Cast } from "../actors.ts";
import { carrying } from "../captured.ts";
import { type Experiment, replayedOf } from "../experiment.ts";
import { experiments } from "../experiments.ts";
import { judgingOf } from "./judging.ts";
import { type Observed, reasonOf } from "./reason.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);
const all: readonly Experiment[] = experiments;

/**
 * The events after which the copy itself is looked at, by a client that holds nothing else. A look exchanges no token,
 * so it is no replay of one.
 */
const looked = all.filter(
  ({ replay, steps }) =>
    replay.at === "own-flow" &&
    replay.by === undefined &&
    steps.every(({ does }) => does !== "forge" && does !== "plant" && does !== "refresh"),
);

/** One variant of each way to judge a login: the others differ in what no sentence tells. */
const kinds = new Map(
  manifests.flatMap((manifest) =>
    manifest.variants.map((variant) => {
      const judged = variant.holds.map(({ credential }) => judgingOf(variant.settings, credential));
      return [JSON.stringify([judged, variant.claims]), { manifest, variant }] as const;
    }),
  ),
);

async function tried(cast: Cast, { id }: FlowManifest, variant: Variant, as: CredentialKind): Promise<Observed> {
  const captured = carrying(holdingOf(variant, as), cast.captured);
  const [inCookie] = captured?.cookies.values() ?? [];
  const value =
    inCookie === undefined ? (captured?.accessToken ?? captured?.refreshToken) : decodeURIComponent(inCookie);
  const asker = cast.device({}, cast.disguise);
  const { status, body } = await asker.send("POST", "/api/lab/try", { flow: id, credential: value, as });
  expect(status).toBe(200);
  const { accepted, code, at } = body as { accepted: boolean; code: "REVOKED"; at: string | null };
  return accepted ? { seen: "accepted" } : { seen: "refused", code, decidedBy: at };
}

test.for([...kinds.values()])(
  "$variant.id: after each event the step that decided is the one that its claim tells of",
  { timeout: 60_000 },
  async ({ manifest, variant }) => {
    const said: string[] = [];
    const measured: string[] = [];
    for (const experiment of looked) {
      const cast = await Cast.assemble({ experiment, manifest, variant, stage: app.stage, manifests });
      for (const step of experiment.steps) await cast.perform(step);
      for (const credential of replayedOf(experiment, variant)) {
        const observed = await tried(cast, manifest, variant, credential);
        const about = `${experiment.id} ${credential} ${JSON.stringify(observed)}: `;
        const why = (seen: Observed) => reasonOf(variant, variant.settings, experiment.id, credential, seen);
        said.push(about + why({ seen: "nothing" }));
        measured.push(about + why(observed));
      }
      await cast.close();
    }
    expect(measured).toEqual(said);
  },
);
