import { expect, test } from "vitest";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import { headingBefore, headingOf } from "./race-heading.ts";
import { emptyLanes, type RaceRow, type Standing } from "./race-rows.ts";
import type { LaneState } from "./race-state.ts";

const settings = {
  revocation: "none",
  store: null,
  algorithm: null,
  logout: "revokes",
  proof: null,
  inside: null,
  storage: null,
  lifetimesSeconds: {
    idle: 30,
    absolute: 120,
    remembered: 300,
    touchEvery: 2,
    access: 15,
    refresh: 90,
    grace: 3,
    skew: 1,
  },
} as const;
const described = { title: "", summary: "", belief: "", safety: "safe", cannot: {} } as const;
const variants: readonly VariantView[] = [
  {
    ...described,
    id: "cookie/sealed",
    flow: "cookie",
    settings: { ...settings, encoding: "sealed" },
    holds: [{ credential: "access", travels: "cookie", cookie: "__Host-login" }],
  },
  {
    ...described,
    id: "server-session/sql",
    flow: "server-session",
    settings: { ...settings, encoding: null, store: "sql" },
    holds: [{ credential: "access", travels: "cookie", cookie: "__Host-sid" }],
  },
  {
    ...described,
    id: "memory-jwt/rotating",
    flow: "memory-jwt",
    settings: { ...settings, encoding: null, algorithm: "EdDSA" },
    holds: [{ credential: "access", travels: "bearer" }],
  },
];

const [cookie, session, token] = emptyLanes(variants);

function standing(lane: LaneState | undefined, part: Partial<Standing>): Standing {
  const copy = lane?.copies[0];
  if (!lane || !copy) throw new Error("There is no such lane");
  return { lane, copy, is: "refused", gotIn: null, code: "REVOKED", isStale: false, reason: null, ...part };
}

function row(lane: LaneState | undefined, unused: Partial<Standing>, used: Partial<Standing> | null = null): RaceRow {
  const { variant = "cookie/sealed" } = lane ?? {};
  const both = { unused: standing(lane, unused), used: used && standing(lane, used) };
  return { variant, flow: variant.split("/")[0] ?? "", credential: "access", ...both };
}

const told = (rows: readonly RaceRow[], isOver = false) =>
  headingOf({ rows, variants, plug: "Logout", seconds: 62, isOver });

test("before a race the heading asks in under twelve words", () => {
  const { calm, below } = headingBefore(4);
  expect(calm).toBe("Four logins, one plug. Whose copy still gets in?");
  expect(`${calm} ${below}`.trim().split(/\s+/).length).toBeLessThan(12);
});

test("the heading names up to two kinds of credential that still get in, and counts more copies", () => {
  const inside = { is: "in", gotIn: 62, code: null } as const;
  expect(told([row(cookie, inside), row(session, {}), row(token, {})])).toEqual({
    ...{ calm: "1 min 2 s after “Logout”,", alarm: "a cookie still gets in.", below: "" },
  });
  expect(told([row(cookie, inside), row(session, {}), row(token, inside)]).alarm).toBe(
    "a cookie and an access token still get in.",
  );
  expect(told([row(cookie, inside), row(session, inside), row(token, inside)]).alarm).toBe(
    "all 3 copies still get in.",
  );
});

test("a copy that only its use keeps alive is called so, and those that ended are told with their seconds", () => {
  const ended = { gotIn: 26, code: "EXPIRED" } as const;
  const rows = [row(cookie, ended, { is: "in", gotIn: 62 }), row(token, { ...ended, gotIn: 11 }), row(session, {})];
  expect(told(rows)).toMatchObject({
    alarm: "a cookie that is kept in use still gets in.",
    below: "An access token got in for 11 s, an unused cookie for 26 s.",
  });
});

test("a heading has no alarm when every copy is refused", () => {
  expect(told([row(session, {}), row(token, { gotIn: 11 })], true)).toEqual({
    calm: "1 min 2 s after “Logout”, no copy gets in.",
    alarm: "",
    below: "An access token got in for 11 s.",
  });
});
