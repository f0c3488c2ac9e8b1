import { expect, test } from "vitest";
import type { HeldView, LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../flow-info.ts";
import { changedWhileAway } from "./back-news.ts";

const flowOf = (id: string, title: string) => ({ id, title }) as FlowInfo;
const flows = [flowOf("server-session", "Server session"), flowOf("hybrid", "Hybrid")];
const held = (accepted: boolean) => ({ login: { accepted }, credentials: [], records: [], unanswered: [] });

function viewOf(inWith: readonly string[], more: object = {}): LabView {
  const logins = flows.map(({ id }) => [id, held(inWith.includes(id)) as unknown as HeldView]);
  return {
    ...{ lab: { id: "lab", madeAt: "2026-01-01T00:00:00.000Z", expiresAt: null } },
    ...{ people: [{ username: "alice", disabled: false }], settings: { parallelLogins: 3 }, weaknesses: [] },
    held: Object.fromEntries(logins),
    ...more,
  } as unknown as LabView;
}

const before = viewOf(["server-session"]);

test("a lab that is as it was has no news", () => {
  expect(changedWhileAway(flows, before, viewOf(["server-session"]))).toEqual([]);
});

test("a login that ended or began meanwhile is named with its flow", () => {
  expect(changedWhileAway(flows, before, viewOf(["hybrid"]))).toEqual([
    "Server session is no longer accepted",
    "Hybrid is accepted",
  ]);
});

test("people, settings and weaknesses that are other ones are named", () => {
  const more = { people: [{ username: "alice", disabled: true }], settings: {}, weaknesses: ["one"] };
  expect(changedWhileAway(flows, before, viewOf(["server-session"], more))).toEqual([
    ...["people changed", "settings changed", "weaknesses changed"],
  ]);
});

test("a lab that is a new one is told for itself, and not compared", () => {
  const lab = { id: "lab", madeAt: "2026-01-02T00:00:00.000Z", expiresAt: null };
  expect(changedWhileAway(flows, before, viewOf([], { lab }))).toBeNull();
});
