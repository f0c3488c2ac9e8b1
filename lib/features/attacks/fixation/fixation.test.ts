import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuthFlow, FlowModule } from "../../../core/flow.ts";
import type { FlowDeps } from "../../../core/ports.ts";
import { flows } from "../../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab } from "../../../testing/visitor.ts";
import { linesOfFixation } from "./lines.ts";
import type { FixationPlay, PlayedFixation } from "./model.ts";
import { playFixation } from "./play-fixation.ts";
import { type Part, sessionIdOf } from "./scene.ts";

const parts: readonly Part[] = flows.flatMap(({ manifest }) =>
  manifest.variants.map((variant) => ({ manifest, variant })),
);
const planted = parts.filter(({ variant }) => sessionIdOf(variant) !== null);

type Create = (ports: FlowDeps) => AuthFlow;

/** How a flow is made of its ports; a mutant makes it otherwise. A flow is made anew for each request. */
let mutant: (create: Create) => Create = (create) => create;
const mutableFlows = flows.map(
  ({ manifest, create }: FlowModule): FlowModule => ({ manifest, create: (ports) => mutant(create)(ports) }),
);

let app: TestApplication;
const plays = new Map<string, FixationPlay>();
beforeAll(async () => {
  app = await createTestApplication({}, { flows: mutableFlows });
  const visitor = await enterLab(app);
  for (const { variant } of planted) {
    const body = { variant: variant.id };
    plays.set(variant.id, (await visitor.post("/api/lab/fixation", body)).body as unknown as FixationPlay);
  }
}, 60_000);
afterAll(() => app.dispose());

function casesOf(play: FixationPlay | undefined): readonly PlayedFixation[] {
  if (!play?.tried) throw new Error(`A fixation could not be tried: ${play?.why}`);
  return play.played;
}

function partOf(id: string): Part {
  const part = planted.find(({ variant }) => variant.id === id);
  if (!part) throw new Error(`${id} has no session id`);
  return part;
}

const playOf = (id: string) => playFixation({ stage: app.stage, lines: linesOfFixation() }, partOf(id));

/** By what was planted, and whether the login kept it: whom the thief is then, or the code. */
function told(id: string) {
  return casesOf(plays.get(id)).map(({ plant, keeps, thief }) => [plant, keeps, thief.as ?? thief.code]);
}

describe.for(planted.map(({ variant }) => variant.id))("session ids of %s", (id) => {
  test("that were planted are answered as the variant claims, with and without a login that keeps them", () => {
    expect(casesOf(plays.get(id)).map(({ plant, keeps, asClaimed }) => [plant, keeps, asClaimed])).toEqual([
      ["own", false, true],
      ["own", true, true],
      ["made-up", false, true],
      ["made-up", true, true],
    ]);
  });
});

describe("a planted session id", () => {
  const id = "server-session/sql";

  test("leads nowhere after a login that gives a new one, and into alice's login where it is kept", () => {
    expect(told(id)).toEqual([
      ["own", false, "REVOKED"],
      ["own", true, "alice"],
      ["made-up", false, "INVALID_CREDENTIAL"],
      ["made-up", true, "alice"],
    ]);
  });

  test("that was made up is not kept where ids are signed, and a genuine one is", () => {
    expect(told("server-session/signed-id")).toEqual([
      ["own", false, "REVOKED"],
      ["own", true, "alice"],
      ["made-up", false, "INVALID_CREDENTIAL"],
      ["made-up", true, "INVALID_CREDENTIAL"],
    ]);
  });

  test("is in both windows until alice's login, and after it only where it is kept", () => {
    const heldByAlice = casesOf(plays.get(id)).map(({ steps }) => steps.map(({ holds }) => holds.alice?.isPlanted));
    expect(heldByAlice.slice(0, 2)).toEqual([
      [undefined, true, false, false, false],
      [undefined, true, true, true, true],
    ]);
  });

  test("is told with the line that gave the id at each login, and with the line that refused it", () => {
    const [fresh, kept] = casesOf(plays.get(id));
    const at = (played: PlayedFixation | undefined) => played?.steps.map(({ sent }) => sent?.at?.text ?? null);
    expect(at(fresh)).toEqual([
      "const id = secrets.mint();",
      null,
      "const id = secrets.mint();",
      expect.stringContaining("if (record.ended) return refuse"),
      null,
    ]);
    expect(at(kept)?.[2]).toContain("mint: () => sent ?? secrets.mint()");
    for (const { variant } of planted) {
      const cases = casesOf(plays.get(variant.id));
      for (const { steps } of cases) {
        const [first, , login, refused] = steps;
        expect([first?.sent?.at, login?.sent?.at], variant.id).not.toContain(null);
        if (refused?.sent?.code) expect(refused.sent.at, `${variant.id} ${refused.sent.code}`).not.toBeNull();
      }
    }
  });
});

describe("taken out, a defence is missed:", () => {
  afterAll(() => {
    mutant = (create) => create;
  });

  test("a login that keeps the id that came in lets the thief in without the setting", async () => {
    mutant = (create) => (ports) => {
      let sent: string | undefined;
      const made = create({ ...ports, secrets: { ...ports.secrets, mint: () => sent ?? ports.secrets.mint() } });
      return {
        ...made,
        login(request, ...rest) {
          sent = request.cookies.get("__Host-sid")?.value;
          return made.login(request, ...rest);
        },
      };
    };
    const wrong = casesOf(await playOf("server-session/sql")).filter(({ asClaimed }) => !asClaimed);
    expect(wrong.map(({ plant, keeps, thief }) => [plant, keeps, thief.as])).toEqual([
      ["own", false, "alice"],
      ["made-up", false, "alice"],
    ]);
  });

  test("a login that does not end the one before leaves the planted id in the thief's account", async () => {
    mutant = (create) => (ports) => {
      const beside: FlowDeps["records"]["replace"] = async (_previous, record) => {
        await ports.records.add(record);
        return "done";
      };
      return create({ ...ports, records: { ...ports.records, replace: beside } });
    };
    const wrong = casesOf(await playOf("server-session/sql")).filter(({ asClaimed }) => !asClaimed);
    expect(wrong.map(({ plant, keeps, thief }) => [plant, keeps, thief.as])).toEqual([["own", false, "bob"]]);
  });
});

test("a login that does not work is no result", async () => {
  const stage = {
    ...app.stage,
    transport: async (request: Request) =>
      request.url.endsWith("/login")
        ? Response.json({ code: "BAD_CREDENTIALS" }, { status: 401 })
        : app.stage.transport(request),
  };
  const play = await playFixation({ stage, lines: linesOfFixation() }, partOf("server-session/sql"));
  expect(play).toMatchObject({ tried: false, why: "The thief could not log in to an account of his own." });
});

describe("POST /api/lab/fixation", () => {
  test("is refused for a variant without a session id, and names those that have one", async () => {
    const visitor = await enterLab(app);
    const reply = await visitor.post("/api/lab/fixation", { variant: "cookie/sealed" });
    expect(reply.code).toBe("UNPROCESSABLE");
    expect(reply.text).toContain("server-session/sql");
  });
});
