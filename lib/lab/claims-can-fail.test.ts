import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import type { CookieState, FlowDeps, Users } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import { ok, refuse } from "../core/result.ts";
import type { User } from "../core/user.ts";
import { playMatrix } from "../features/matrix/play-cells.ts";
import { findVariant, flows } from "../flows/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { replayedOf } from "./experiment.ts";
import { experiments } from "./experiments.ts";
import type { Stage } from "./stage.ts";

type Sabotage = {
  readonly what: string;
  /** Whose experiments are played. */
  readonly variants: readonly VariantId[];
  /** The experiments that notice. The others go on to hold. */
  readonly red: readonly string[];
  /** Some answers of the flow's ports, bent. */
  readonly bend: (ports: FlowDeps) => Partial<FlowDeps>;
  /** The flow that is bent, if it is another one. */
  readonly flow?: FlowId;
};

/** The events after which a record has to be ended; a version of the person decides the others. */
const whatEndsRecords = [
  ...["replay-after-logout", "revoke-this", "revoke-another", "revoke-others", "replay-after-revoke-all"],
  ...["admin-ends-all", "logout-elsewhere", "logout-elsewhere-cached", "fixation"],
];
const anEndedRecordCounts: Sabotage["bend"] = ({ records, users }) => ({
  records: { ...records, find: async (key) => bent(await records.find(key), { ended: null }) },
  users: unraised(users),
});
/** The events after which a copy gets in, to an end that is measured. */
const whatLives = [
  ...["client-forgets", "browser-data-cleared", "keys-rotated", "keys-rotated-overlap", "memory-lost", "second-node"],
  ...["idle-passed", "other-device", "fixation-kept", "sticky-routing", "sticky-node-lost"],
];

const inTheYear9999 = Date.parse("9999-12-31T00:00:00Z");

const sabotages: readonly Sabotage[] = [
  {
    what: "the revocation policy lets everything through",
    variants: ["cookie/sealed-versioned", "memory-jwt/user-version"],
    red: [
      "replay-after-logout",
      "late-answer",
      "replay-after-revoke-all",
      "password-change",
      "admin-ends-all",
      "user-disabled",
      "logout-elsewhere",
      "logout-elsewhere-cached",
    ],
    bend: ({ revocation }) => ({ revocation: { ...revocation, check: async () => ok(null) } }),
  },
  {
    what: "the list of denied tokens is not asked",
    variants: ["memory-jwt/denylist"],
    red: ["replay-after-logout", "revoke-this", "logout-elsewhere", "logout-elsewhere-cached"],
    bend: ({ revocation }) => ({ revocation: { ...revocation, check: async () => ok(null) } }),
  },
  {
    what: "ending all of a person's credentials ends none",
    variants: ["cookie/sealed-versioned", "memory-jwt/user-version"],
    red: [
      ...["replay-after-logout", "late-answer", "replay-after-revoke-all", "admin-ends-all", "logout-elsewhere"],
      "logout-elsewhere-cached",
    ],
    bend: ({ revocation, users }) => ({
      revocation: { ...revocation, endAll: async () => {} },
      users: unraised(users),
    }),
  },
  {
    what: "an ended record is not seen as ended, and revoking all raises no version",
    // With these a late answer brings back no credential that a record stands behind.
    variants: ["server-session/sql", "hybrid/short-jwt", "hybrid/introspected"],
    red: whatEndsRecords,
    bend: anEndedRecordCounts,
  },
  {
    what: "an ended record is not seen as ended, and revoking all raises no version",
    variants: ["hybrid/allowlist"],
    red: [...whatEndsRecords, "late-answer"],
    bend: anEndedRecordCounts,
  },
  {
    what: "versions are not compared, and a reissue ends nothing",
    variants: ["server-session/sql", "hybrid/allowlist"],
    red: ["password-change", "fixation"],
    bend: ({ users, records }) => ({
      users: {
        ...users,
        verify: async (credentials) => bent(await users.verify(credentials), { version: 0 }),
        find: async (id) => bent(await users.find(id), { version: 0 }),
      },
      records: {
        ...records,
        end: async (id, why, how) => why.reason !== "replaced" && records.end(id, why, how),
        async replace(_, record) {
          await records.add(record);
          return "done";
        },
      },
    }),
  },
  {
    what: "a person keeps the role of long ago",
    variants: ["server-session/sql"],
    red: [...whatLives, "role-lowered", "logout-elsewhere-cached"],
    bend: ({ users }) => ({ users: { ...users, find: async (id) => bent(await users.find(id), { role: "admin" }) } }),
  },
  {
    what: "a used refresh token is not seen as used",
    variants: ["memory-jwt/rotating"],
    red: [
      ...whatEndsRecords,
      ...whatLives,
      "late-answer",
      "password-change",
      "user-disabled",
      "role-lowered",
      "absolute-passed",
      "refresh-replay",
    ],
    bend: ({ families }) => ({
      families: {
        ...families,
        async find(hash) {
          const found = await families.find(hash);
          return found && { ...found, token: { ...found.token, usedAt: null } };
        },
        rotate: async () => true,
      },
    }),
  },
  {
    what: "an ended family is not seen as ended, and revoking all raises no version",
    variants: ["memory-jwt/rotating"],
    red: [...whatEndsRecords, "late-answer", "absolute-passed"],
    bend: ({ families, users }) => ({
      users: unraised(users),
      families: {
        ...families,
        async find(hash) {
          const found = await families.find(hash);
          return found && { ...found, family: { ...found.family, ended: null } };
        },
      },
    }),
  },
  {
    what: "the signature of a cookie is not looked at",
    variants: ["cookie/signed"],
    red: ["keys-rotated", "forge"],
    bend: ({ cookieState }) => ({ cookieState: { ...cookieState, read: readUnverified } }),
  },
  {
    what: "using a login does not move its idle end",
    variants: ["server-session/sql"],
    red: [...whatLives, "role-lowered"],
    bend: ({ records }) => ({ records: { ...records, touch: async () => true } }),
  },
  {
    what: "a login ends before its time",
    variants: ["server-session/sql"],
    red: [...whatLives, "role-lowered"],
    bend: ({ settings }) => ({
      settings: { ...settings, lifetimes: { ...settings.lifetimes, idle: settings.lifetimes.idle / 2 } },
    }),
  },
  {
    what: "a record has no end of its own",
    variants: ["server-session/sql"],
    red: [...whatLives, "role-lowered", "absolute-passed"],
    bend: ({ records }) => ({
      records: {
        ...records,
        find: async (key) => bent(await records.find(key), { endsAt: inTheYear9999, idleEndsAt: inTheYear9999 }),
      },
    }),
  },
  {
    what: "a login is bound to nobody",
    variants: ["server-session/sql", "memory-jwt/rotating"],
    red: ["other-device-bound", "network-changed"],
    bend: ({ settings: { binding: _, ...settings } }) => ({ settings }),
  },
  {
    what: "another flow lets anybody in who holds anything",
    flow: "server-session",
    variants: ["cookie/sealed"],
    red: ["cross-flow"],
    bend: ({ records, users, clock }) => ({
      records: { ...records, find: async (key) => recordOfAnybody(key, clock.now()) },
      users: { ...users, find: async (id) => anybody(id) },
    }),
  },
];

for (const { what, variants, red, bend, flow } of sabotages) {
  test.for(variants)(`where ${what}, %s turns red in ${red.length} events`, { timeout: 120_000 }, async (id) => {
    const own = id.split("/")[0];
    const bentFlows = flows.map(
      ({ manifest, create }: FlowModule): FlowModule => ({
        manifest,
        create: (ports) => create(manifest.id === (flow ?? own) ? { ...ports, ...bend(ports) } : ports),
      }),
    );
    const { differing, unjudged } = await playAll(id, { flows: bentFlows });
    // A cell that could not be judged is not red, and its event is none that notices.
    expect(unjudged).toEqual([]);
    const variant = findVariant(id);
    const concerning = experiments.filter((each) => variant && replayedOf(each, variant).length > 0);
    expect(differing).toEqual(
      concerning
        .map((each) => each.id)
        .filter((each) => red.includes(each))
        .sort(),
    );
  });
}

describe("there is no verdict", { timeout: 60_000 }, () => {
  const failing = (path: RegExp) => (stage: Stage) => ({
    ...stage,
    transport: async (request: Request) =>
      path.test(request.url) ? Response.json({}, { status: 500 }) : stage.transport(request),
  });

  test("if a broken server answers the copy", async () => {
    const { differing, unjudged } = await playAll("server-session/sql", {
      through: failing(/server-session\/me$/),
      only: ["client-forgets", "replay-after-logout"],
    });
    expect(differing).toEqual([]);
    const reason = "A copy was answered 500, which says nothing of whether it counts";
    expect(unjudged).toEqual([`client-forgets: ${reason}`, `replay-after-logout: ${reason}`]);
  });

  test.for([
    ["keys-rotated-overlap", /keys\/rotate$/, "operator, rotate-keys"],
    ["replay-after-logout", /logout$/, "victim, log-out"],
    ["user-disabled", /disable$/, "admin, disable"],
  ] as const)("if the event of %s did not happen", async ([experiment, path, who]) => {
    const asked = { through: failing(path), only: [experiment] };
    const { differing, unjudged } = await playAll("server-session/sql", asked);
    expect(differing).toEqual([]);
    expect(unjudged).toEqual([`${experiment}: ${who}: answered 500, so it did not happen`]);
  });
});

type Playing = {
  readonly flows?: readonly FlowModule[];
  readonly through?: (stage: Stage) => Stage;
  /** Absent: every experiment. */
  readonly only?: readonly string[];
};

/** What differs from its claims, and what could not be judged, each by the id of the experiment. */
async function playAll(id: VariantId, { flows: played = flows, through = (stage) => stage, only }: Playing) {
  const application = await createTestApplication({}, { flows: played });
  try {
    const manifests = played.map(({ manifest }) => manifest);
    const manifest = manifests.find((each) => id.startsWith(`${each.id}/`));
    const variant = manifest?.variants.find((each) => each.id === id);
    if (!manifest || !variant) throw new Error(`There is no variant ${id}`);
    const differing: string[] = [];
    const unjudged: string[] = [];
    const stage = through(application.stage);
    const wanted = experiments.filter((experiment) => only?.includes(experiment.id) ?? true);
    await playMatrix(
      wanted.map((experiment) => ({ experiment, manifest, variant, manifests, stage })),
      (news) => {
        if (news.type === "failed") unjudged.push(`${news.experiment}: ${news.reason}`);
        else if (!news.verdict.holds) differing.push(news.verdict.experiment);
      },
      new AbortController().signal,
    );
    return { differing: differing.sort(), unjudged: unjudged.sort() };
  } finally {
    await application.dispose();
  }
}

test("each experiment fails for one of these mistakes", () => {
  const seen = new Set(sabotages.flatMap(({ red }) => red));
  expect(experiments.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
});

function unraised(users: Users): Users {
  return { ...users, raiseVersion: async () => {} };
}

function bent<T extends object>(value: T | null, answers: Partial<T>): T | null {
  return value && { ...value, ...answers };
}

/** What anyone can do without a key. */
const readUnverified: CookieState["read"] = async (jar, { name }, is) => {
  const value = jar.get(name)?.value;
  if (!value) return refuse("NO_CREDENTIAL");
  try {
    const [, , , payload = ""] = value.split(".");
    const state: unknown = JSON.parse(inflateRawSync(Buffer.from(payload, "base64url")).toString());
    return is(state) ? ok(state) : refuse("INVALID_CREDENTIAL");
  } catch {
    return refuse("INVALID_CREDENTIAL");
  }
};

function anybody(id: string): User {
  return { id, username: "anybody", displayName: "Anybody", role: "user", disabled: false, version: 0 };
}

function recordOfAnybody(key: string, now: number): LoginRecord {
  const times = {
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now,
    elevatedUntil: now,
    endsAt: now + 1000,
    idleEndsAt: now + 1000,
  };
  const sender = { ip: "", userAgent: "", device: "" };
  const whose = { id: "any", key, variant: "server-session/sql", userId: "any", userVersion: 0 } as const;
  return { ...whose, ...times, ...sender, idleFor: 1000, remembered: false, ended: null };
}
