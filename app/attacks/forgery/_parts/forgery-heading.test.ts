import { expect, test } from "vitest";
import type { PlayedForgery } from "@/lib/features/attacks/forgery/model.ts";
import { headingOf } from "./forgery-heading.ts";

const refused: PlayedForgery = {
  ...{ id: "one", title: "One", source: "RFC 8725", needs: "nothing", short: null },
  weakness: { verifier: "A reader", gotIn: true },
  defence: { status: 401, code: "INVALID_CREDENTIAL", at: "signature", line: null },
  asExpected: true,
  changed: [],
};
const unsent: PlayedForgery = { ...refused, defence: null, weakness: { none: "No header carries it." } };
const through: PlayedForgery = { ...refused, defence: { status: 200, code: null, at: null, line: null } };
const played = (...cases: PlayedForgery[]) => headingOf("Sealed", 3, { tried: true, form: "EdDSA", cases });

test("before anything is played the heading says how many ways there are, and raises no alarm", () => {
  expect(headingOf("Sealed", 7, null)).toMatchObject({ calm: "7 ways to forge the credential of Sealed.", alarm: "" });
});

test("a real credential that does not get in is no refusal of the forged ones", () => {
  const { calm, alarm, below } = headingOf("Sealed", 7, { tried: false, why: "The login was refused." });
  expect([calm, alarm, below]).toEqual(["The attack could not be tried.", "", "The login was refused."]);
});

test("what was not sent is not counted as refused", () => {
  const { calm, below } = played(refused, unsent);
  expect(calm).toBe("Sealed refused all 1 forgeries.");
  expect(below).toMatch(/ One could not be sent; its row says why\.$/);
});

test("a forged credential that got in is the alarm", () => {
  expect(played(refused, through)).toMatchObject({
    calm: "Sealed refused 1 of 2 forgeries.",
    alarm: "One got in.",
  });
});

test("the line below counts the cases that fool a verifier with a known mistake", () => {
  expect(played(refused, unsent).below).toContain("1 of 2 cases fool a verifier");
});
