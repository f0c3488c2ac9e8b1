import { expect, test } from "vitest";
import type { PlayedTheft, TheftPlay } from "@/lib/features/attacks/theft/model.ts";
import { senders } from "@/lib/features/attacks/theft/senders.ts";
import { headingOf } from "./theft-heading.ts";

const bound = { kind: "access", name: "__Host-sid", isBound: true } as const;

function cell(sender: string, binding: PlayedTheft["binding"], code: PlayedTheft["answer"]["code"]): PlayedTheft {
  return {
    ...{ sender, binding, credential: "access", line: null, asClaimed: true },
    answer: { status: code ? 401 : 200, code, as: null, at: null, noted: null },
    arrived: { line: "GET /me", userAgent: "", address: "", device: "", credential: "" },
  };
}

const play: TheftPlay = {
  ...{ tried: true, variant: "server-session/sql" },
  played: senders.flatMap(({ id }) => [
    cell(id, "off", null),
    cell(id, "enforce", id === "alike" ? null : "CLIENT_CHANGED"),
  ]),
};

test("before anything is played the heading raises no alarm", () => {
  expect(headingOf({ credential: bound, binding: "enforce", senders, play: null })).toMatchObject({
    calm: "A copy of alice’s __Host-sid is in other hands.",
    alarm: "",
  });
});

test("with binding enforced the heading counts thieves alone, and names the one who gets in", () => {
  const { calm, alarm, below } = headingOf({ credential: bound, binding: "enforce", senders, play });
  expect([calm, alarm]).toEqual(["Three of four thieves are refused.", "The one who looks like alice gets in."]);
  expect(below).toContain("a false alarm");
});

test("without binding, and where no record is asked, every copy is the alarm, for another reason", () => {
  const off = headingOf({ credential: bound, binding: "off", senders, play });
  expect([off.calm, off.alarm]).toEqual(["Bound to nothing,", "a copy gets in from anywhere."]);
  const unbound = headingOf({ credential: { ...bound, isBound: false }, binding: "off", senders, play });
  expect(unbound.calm).toBe("No record is asked, so nothing is bound:");
});

test("a login of alice's that does not get in proves no refusal", () => {
  const untried = { tried: false, variant: "server-session/sql", why: "alice could not log in again." } as const;
  expect(headingOf({ credential: bound, binding: "off", senders, play: untried })).toEqual({
    calm: "The attack could not be tried.",
    alarm: "",
    below: "alice could not log in again.",
  });
});
