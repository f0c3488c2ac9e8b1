import { expect, test } from "vitest";
import type { Lab } from "../../lab/lab.ts";
import { usualSettings } from "../../lab/lab-settings.ts";
import { createLabMemory } from "../../lab/memory/lab-memory.ts";
import { createRememberedLabs } from "./remembered-labs.ts";

function lab(clockOffset: number, id = "a"): Lab {
  const acceptedKeys = [{ generation: 1, until: null }];
  const rest = { keyGeneration: 1, acceptedKeys, settings: usualSettings, cookiePlaces: [], enabled: [] };
  return { id, salt: "", clockOffset, createdAt: 0, expiresAt: null, ...rest };
}

test("a changed lab is remembered as its change answered it", async () => {
  const labs = createRememberedLabs(createLabMemory());
  expect(await labs.changed("a", Promise.resolve(lab(1)))).toEqual(lab(1));
  expect(labs.of("a")).toEqual(lab(1));
});

test("a change during which another one ended leaves nothing remembered", async () => {
  const labs = createRememberedLabs(createLabMemory());
  let answer: (changed: Lab) => void = () => {};
  const slow = labs.changed("a", new Promise<Lab>((resolve) => (answer = resolve)));
  await labs.changed("a", Promise.resolve(lab(2)));
  answer(lab(1));
  expect(await slow).toEqual(lab(1));
  expect(labs.of("a")).toBeUndefined();
});

test("a lab that was read before a change is not remembered after it", async () => {
  const labs = createRememberedLabs(createLabMemory());
  const before = labs.changes();
  await labs.changing("a", Promise.resolve());
  labs.remember(lab(1), before);
  expect(labs.of("a")).toBeUndefined();
});

test("a change that fails leaves nothing remembered", async () => {
  const labs = createRememberedLabs(createLabMemory());
  labs.remember(lab(1), labs.changes());
  await expect(labs.changed("a", Promise.reject(new Error("locked")))).rejects.toThrow("locked");
  expect(labs.of("a")).toBeUndefined();
});
