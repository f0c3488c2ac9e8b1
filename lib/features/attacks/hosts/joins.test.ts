import { expect, test } from "vitest";
import { createLabMemory } from "../../../lab/memory/lab-memory.ts";
import { createJoins } from "./joins.ts";

let [now, drawn] = [0, 0];
const joinsNow = (memory = createLabMemory()) =>
  createJoins(
    () => now,
    () => `text-${drawn++}`,
    memory,
  );
const joined = { labId: "one", page: "csrf" };

test("a code opens its page once, and no other page", () => {
  const joins = joinsNow();
  const code = joins.code(joined);
  expect(joins.redeem(code, "xss")).toBeNull();
  const ticket = joins.redeem(code, "csrf") ?? "";
  expect(joins.of(ticket)).toMatchObject(joined);
  expect(joins.redeem(code, "csrf")).toBeNull();
});

test("a code is no ticket, and a ticket no code", () => {
  const joins = joinsNow();
  const code = joins.code(joined);
  expect(joins.of(code)).toBeNull();
  expect(joins.redeem(joins.redeem(code, "csrf") ?? "", "csrf")).toBeNull();
});

test("a code ends after a minute, and a ticket after ten", () => {
  const joins = joinsNow();
  const [late, code] = [joins.code(joined), joins.code(joined)];
  const ticket = joins.redeem(code, "csrf") ?? "";
  now += 60_000;
  expect(joins.redeem(late, "csrf")).toBeNull();
  expect(joins.of(ticket)).toMatchObject(joined);
  now += 9 * 60_000;
  expect(joins.of(ticket)).toBeNull();
});

test("a lab that is reset has neither", () => {
  const memory = createLabMemory();
  const joins = joinsNow(memory);
  const [code, other] = [joins.code(joined), joins.code({ ...joined, labId: "two" })];
  memory.forget(["one"]);
  expect(joins.redeem(code, "csrf")).toBeNull();
  expect(joins.redeem(other, "csrf")).not.toBeNull();
});
