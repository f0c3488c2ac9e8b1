import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../../core/flow.ts";
import type { FlowDeps } from "../../../core/ports.ts";
import { flows } from "../../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab } from "../../../testing/visitor.ts";
import { linesOfTheft } from "./lines.ts";
import type { PlayedTheft, TheftPlay } from "./model.ts";
import { playTheft } from "./play-theft.ts";
import type { Part } from "./scene.ts";

const parts: readonly Part[] = flows.flatMap(({ manifest }) =>
  manifest.variants.map((variant) => ({ manifest, variant })),
);

/** The ports of each flow, bent; a flow is made anew for each request. */
let bend: (ports: FlowDeps) => Partial<FlowDeps> = () => ({});
const bentFlows = flows.map(
  ({ manifest, create }: FlowModule): FlowModule => ({
    manifest,
    create: (ports) => create({ ...ports, ...bend(ports) }),
  }),
);

let app: TestApplication;
const plays = new Map<string, TheftPlay>();
beforeAll(async () => {
  app = await createTestApplication({}, { flows: bentFlows });
  // Through its own endpoint, which sends the requests of a play to the edge itself; four labs at a time.
  const left = parts.map(({ variant }) => variant.id);
  const playing = Array.from({ length: 4 }, async () => {
    const visitor = await enterLab(app);
    for (let variant = left.shift(); variant; variant = left.shift()) {
      plays.set(variant, (await visitor.post("/api/lab/theft", { variant })).body as unknown as TheftPlay);
    }
  });
  await Promise.all(playing);
}, 60_000);
afterAll(() => app.dispose());

function playOf(part: Part, stage = app.stage): Promise<TheftPlay> {
  return playTheft({ stage, lines: linesOfTheft() }, part);
}

function partOf(id: string): Part {
  const part = parts.find(({ variant }) => variant.id === id);
  if (!part) throw new Error(`There is no variant ${id}`);
  return part;
}

function cellsOf(play: TheftPlay | undefined): readonly PlayedTheft[] {
  if (!play?.tried) throw new Error(`A theft could not be tried: ${play?.why}`);
  return play.played;
}

/** Under one binding, by sender: the code, or what was noted of one who got in. */
function told(id: string, binding: PlayedTheft["binding"], credential: PlayedTheft["credential"] = "access") {
  const cells = cellsOf(plays.get(id)).filter((each) => each.binding === binding && each.credential === credential);
  return Object.fromEntries(cells.map(({ sender, answer }) => [sender, answer.code ?? answer.noted]));
}

const everywhere = (outcome: string | null) => ({
  ...{ "own-device": outcome, "same-network": outcome, "same-agent": outcome, alike: null, phone: outcome },
});

describe.for(parts.map(({ variant }) => variant.id))("stolen credentials of %s", (id) => {
  test("are answered and noted as the variant claims, from every sender and under every binding", () => {
    const cells = cellsOf(plays.get(id));
    expect(cells.length).toBe(15 * partOf(id).variant.holds.length);
    expect(cells.filter(({ asClaimed }) => !asClaimed)).toEqual([]);
  });
});

describe("a stolen session id", () => {
  const id = "server-session/sql";

  test("gets in from anywhere without binding, and nobody is told", () => {
    expect(told(id, "off")).toEqual(everywhere(null));
  });

  test("gets in with a warning, and alice's history has each stranger", () => {
    expect(told(id, "warn")).toEqual(everywhere("client-changed"));
  });

  test("is refused with binding to everybody but the thief who looks like her; her own phone is refused as well", () => {
    expect(told(id, "enforce")).toEqual(everywhere("CLIENT_CHANGED"));
  });

  test("is refused at the line that compares: the device's name, or the address", () => {
    const enforced = cellsOf(plays.get(id)).filter(({ binding }) => binding === "enforce");
    expect(enforced.map(({ sender, answer, line }) => [sender, answer.at, line?.text])).toEqual([
      ["own-device", "user agent", expect.stringContaining("record.device === client.device")],
      ["same-network", "user agent", expect.stringContaining("record.device === client.device")],
      ["same-agent", "address", expect.stringContaining("record.ip === client.ip")],
      ["alike", null, expect.stringContaining("if (!refused) return ok(")],
      ["phone", "address", expect.stringContaining("record.ip === client.ip")],
    ]);
  });
});

test("a token that no record is asked about is bound to nothing, while the refresh token beside it is", () => {
  for (const binding of ["off", "warn", "enforce"] as const)
    expect(told("memory-jwt/rotating", binding)).toEqual(everywhere(null));
  expect(told("memory-jwt/rotating", "enforce", "refresh")).toEqual(everywhere("CLIENT_CHANGED"));
  expect(told("cookie/sealed", "enforce")).toEqual(everywhere(null));
});

test("a session service refuses a stranger, and does not say why", () => {
  expect(told("hybrid/introspected", "enforce")).toEqual(everywhere("INVALID_CREDENTIAL"));
});

type Mutant = { readonly what: string; readonly bend: typeof bend; readonly red: readonly string[] };

const strangers = ["own-device", "same-network", "same-agent", "phone"];
const bound =
  (parts: Partial<NonNullable<FlowDeps["settings"]["binding"]>>): Mutant["bend"] =>
  ({ settings }) => ({
    settings: { ...settings, ...(settings.binding && { binding: { ...settings.binding, ...parts } }) },
  });

const mutants: readonly Mutant[] = [
  { what: "nothing is compared", bend: bound({ userAgent: "off", ip: "off" }), red: strangers },
  { what: "the user agent is not compared", bend: bound({ userAgent: "off" }), red: ["same-network"] },
  { what: "the address is not compared", bend: bound({ ip: "off" }), red: ["same-agent", "phone"] },
  {
    what: "a stranger is not written down",
    bend: ({ log }) => ({ log: { ...log, record: (event, how) => (how ? undefined : log.record(event)) } }),
    red: strangers,
  },
];

describe.for(mutants)("where $what", ({ bend: mutant, red }) => {
  afterAll(() => {
    bend = () => ({});
  });

  test.for([["server-session/sql"], ["memory-jwt/rotating"]])("%s differs from what it claims", async ([id = ""]) => {
    bend = mutant;
    const wrong = cellsOf(await playOf(partOf(id))).filter(({ asClaimed }) => !asClaimed);
    expect([...new Set(wrong.map(({ sender }) => sender))]).toEqual(red);
  });
});

test("a login of alice's that does not get in, or a server that lets in whoever brings nothing, is no result", async () => {
  const broken = (answer: (request: Request) => Response | null) => ({
    ...app.stage,
    transport: async (request: Request) => answer(request) ?? app.stage.transport(request),
  });
  const isMe = (request: Request) => request.url.endsWith("/me");
  const closed = await playOf(
    partOf("cookie/sealed"),
    broken((request) => (isMe(request) ? Response.json({ code: "REVOKED" }, { status: 401 }) : null)),
  );
  expect(closed).toMatchObject({ tried: false, why: "alice’s own login did not get in from her own device." });
  const open = await playOf(
    partOf("cookie/sealed"),
    broken((request) => (isMe(request) ? Response.json({ user: { username: "alice" } }) : null)),
  );
  expect(open).toMatchObject({ tried: false, why: "A client without any credential got in." });
});

test.for(["server-session/sql", "memory-jwt/rotating"])(
  "a second login of alice's that is refused leaves %s without a result",
  async (id) => {
    let logins = 0;
    const transport = async (request: Request) => {
      if (request.url.endsWith("/login")) logins += 1;
      const isRefused = request.url.endsWith("/login") && logins > 1;
      return isRefused ? Response.json({ code: "TOO_MANY_REQUESTS" }, { status: 429 }) : app.stage.transport(request);
    };
    const play = await playOf(partOf(id), { ...app.stage, transport });
    expect(play).toEqual({ tried: false, variant: id, why: "alice could not log in again." });
    expect(logins).toBe(2);
  },
);

describe("POST /api/lab/theft", () => {
  test("plays one variant at a time, and leaves the visitor's lab as it was", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("server-session/sql");
    const play = () => visitor.post("/api/lab/theft", { variant: "server-session/sql" });
    const answers = await Promise.all([play(), play()]);
    expect(answers.map(({ code }) => code ?? "played").sort()).toEqual(["TOO_MANY_REQUESTS", "played"]);
    expect((await visitor.get("/api/server-session/me")).status).toBe(200);
  });

  test("is refused where there is no such variant", async () => {
    const visitor = await enterLab(app);
    const reply = await visitor.post("/api/lab/theft", { variant: "nonesuch/one" });
    expect(reply.code).toBe("UNPROCESSABLE");
    expect(reply.text).toContain("server-session/sql");
  });
});
