import { expect, test } from "vitest";
import type { UserId } from "../../core/user.ts";
import { CopiesOfLab, type Look, type NewLogin } from "./copies-of-lab.ts";

const momentAt = (now: number) => ({ createdAt: 0, clockOffset: 0, now });

function login(value: string, { device = "Firefox", at = 0 } = {}): NewLogin {
  return {
    flow: "server-session",
    user: { id: "alice-id" as UserId, username: "alice" },
    client: { userAgent: device, device, ip: "192.0.2.1" },
    lab: momentAt(at),
    recordId: null,
    issued: [
      { flow: "server-session", variant: "server-session/sql", credential: "access", name: "session id", value },
    ],
  };
}

const gotIn = (at: number): Look => ({
  ...{ asked: at, lab: momentAt(at), began: at, accepted: true },
  ...{ role: "user", authority: "current", until: 1_800_000 },
});

const copiesIn = (copies: CopiesOfLab) => copies.view("lab", () => null).copies;
const logOut = { kind: "log-out" } as const;

test("a login is known by its last twenty credentials", () => {
  const copies = new CopiesOfLab();
  copies.add(login("first"));
  for (let number = 1; number < 20; number += 1) copies.renew({ number: 1 }, [`renewed ${number}`]);
  expect(copies.ownersOf(["first"])).toHaveLength(1);
  copies.renew({ number: 1 }, ["renewed 20"]);
  expect(copies.ownersOf(["first"])).toEqual([]);
  for (const value of ["renewed 1", "renewed 20"]) expect(copies.ownersOf([value])).toHaveLength(1);
});

test("a login whose refresh began another record is found by the new record's id", () => {
  const copies = new CopiesOfLab();
  copies.add({ ...login("first"), recordId: "record 1" });
  copies.renew({ number: 1 }, ["second"]);
  const meant = (record: string) => copies.meantBy({ kind: "revoke-one", record }, { sent: [], cameIn: 0 });
  expect([meant("record 1").length, meant("record 2").length]).toEqual([1, 0]);
  copies.renew({ number: 1 }, ["third"], "record 2");
  expect([meant("record 1").length, meant("record 2").length]).toEqual([0, 1]);
});

test("of one flow the logins of the last six devices are kept", () => {
  const copies = new CopiesOfLab();
  for (let device = 1; device <= 7; device += 1) copies.add(login(`id ${device}`, { device: `device ${device}` }));
  expect(copiesIn(copies).map(({ device }) => device)).toEqual([2, 3, 4, 5, 6, 7].map((device) => `device ${device}`));
});

test("of twenty-five plugs a copy keeps the first, which its seconds count from, and the last nineteen", () => {
  const copies = new CopiesOfLab();
  copies.add(login("id"));
  for (let plug = 1; plug <= 25; plug += 1) copies.mark(copies.all, logOut, plug * 1000);
  for (const copy of copies.all) copies.saw(copy, gotIn(31_000));
  const { copies: shown, plugs } = copies.view("lab", () => null);
  const kept = [1, ...Array.from({ length: 19 }, (_, index) => index + 7)];
  expect(shown[0]?.plugs).toEqual(kept);
  expect(plugs.map(({ id }) => id)).toEqual(kept);
  expect(shown[0]?.verdict?.afterSeconds).toBe(30);
});

test("a copy that got in before a plug has no verdict until it is looked at again", () => {
  const copies = new CopiesOfLab();
  copies.add(login("id"));
  copies.mark(copies.all, logOut, 1000);
  for (const copy of copies.all) copies.saw(copy, gotIn(2000));
  expect(copiesIn(copies)[0]).toMatchObject({ verdict: { accepted: true }, alarm: true });
  copies.mark(copies.all, logOut, 3000);
  expect(copiesIn(copies)[0]).toMatchObject({ verdict: null, alarm: false });
  for (const copy of copies.all) copies.saw(copy, gotIn(4000));
  expect(copiesIn(copies)[0]).toMatchObject({ verdict: { accepted: true, afterSeconds: 3 }, alarm: true });
});

test("where the clock is set back, a verdict counts no seconds below zero", () => {
  const copies = new CopiesOfLab();
  copies.add(login("id"));
  copies.mark(copies.all, logOut, 9000);
  for (const copy of copies.all)
    copies.saw(copy, { asked: 1000, lab: momentAt(1000), began: 1, accepted: false, code: "REVOKED", at: null });
  expect(copiesIn(copies)[0]?.verdict).toEqual({ accepted: false, code: "REVOKED", afterSeconds: 0 });
});
